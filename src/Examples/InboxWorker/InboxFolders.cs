using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace InboxWorker;

/// <summary>Where images arrive, and where they go.</summary>
internal sealed class InboxFolders
{
    public InboxFolders(IOptions<InboxOptions> options)
    {
        string root = Path.GetFullPath(options.Value.Folder);
        Inbox = Directory.CreateDirectory(Path.Combine(root, "inbox")).FullName;
        Done = Directory.CreateDirectory(Path.Combine(root, "done")).FullName;
        Failed = Directory.CreateDirectory(Path.Combine(root, "failed")).FullName;
        Results = Path.Combine(root, "results.db");
    }

    public string Inbox { get; }

    public string Done { get; }

    public string Failed { get; }

    public string Results { get; }

    /// <summary>
    /// Moves a file out of the inbox under its own name, or the next free one: <c>a.jpg</c>, <c>a (2).jpg</c>. Nothing is overwritten. Where
    /// the same bytes lie under the name already, as after a kill in the middle of moving, the file in the inbox is one too many.
    /// </summary>
    /// <param name="file">Where it lies.</param>
    /// <param name="sha256">Of its bytes.</param>
    /// <param name="folder">Where it goes.</param>
    /// <returns>Where it is now.</returns>
    public static string Move(string file, string sha256, string folder)
    {
        for (int number = 1; ; number++)
        {
            string name = number == 1 ? Path.GetFileName(file) : $"{Path.GetFileNameWithoutExtension(file)} ({number}){Path.GetExtension(file)}";
            string target = Path.Combine(folder, name);
            if (Holds(target, sha256))
            {
                File.Delete(file);
                return target;
            }

            if (Path.Exists(target))
            {
                continue;
            }

            try
            {
                File.Move(file, target, overwrite: false);
                return target;
            }
            catch (IOException) when (Path.Exists(target) && File.Exists(file))
            {
                // Somebody took the name since the look.
            }
        }
    }

    private static bool Holds(string path, string sha256)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == sha256;
    }
}
