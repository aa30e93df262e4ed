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

    /// <summary>Moves a file out of the inbox under its own name, or the next free one: <c>a.jpg</c>, <c>a (2).jpg</c>. Nothing is overwritten.</summary>
    /// <returns>Where it is now.</returns>
    public static string Move(string file, string folder)
    {
        for (int number = 1; ; number++)
        {
            string name = number == 1 ? Path.GetFileName(file) : $"{Path.GetFileNameWithoutExtension(file)} ({number}){Path.GetExtension(file)}";
            string target = Path.Combine(folder, name);
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
}
