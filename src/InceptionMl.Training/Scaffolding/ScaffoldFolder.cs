using InceptionMl.Internal;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Training.Scaffolding;

/// <summary>
/// Brings files into a folder, all of them or none: they are written aside, then renamed. What a killed process left aside is hidden,
/// does not count as content, and is removed by a later run.
/// </summary>
internal sealed class ScaffoldFolder
{
    private const string StagingPrefix = ".inceptionml-";
    private const string StagingSuffix = ".tmp";
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    private readonly string full;
    private readonly bool exists;
    private readonly TimeProvider time;

    private ScaffoldFolder(string full, TimeProvider time)
    {
        this.full = full;
        exists = Directory.Exists(full);
        this.time = time;
    }

    /// <summary>Sees that a folder can be written to.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="replace">Files of the same names may be replaced.</param>
    /// <param name="time">The clock that leftovers are judged by.</param>
    /// <exception cref="ScaffoldException">It holds something, or is a file.</exception>
    public static ScaffoldFolder Open(string folder, bool replace, TimeProvider time)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(full))
        {
            throw new ScaffoldException($"{folder} is a file: name a folder") { Reason = ScaffoldErrorReason.NotAFolder, Path = folder };
        }

        ScaffoldFolder opened = new(full, time);
        if (opened.exists && !replace && Directory.EnumerateFileSystemEntries(full).Any(entry => !IsStaging(entry)))
        {
            throw new ScaffoldException($"{folder} is not empty: choose another folder, or force the replacement of the files in it that have the same names")
            {
                Reason = ScaffoldErrorReason.FolderNotEmpty,
                Path = folder,
            };
        }

        return opened;
    }

    /// <summary>Writes the files.</summary>
    /// <param name="files">The files, each with a path of its own.</param>
    /// <param name="cancellationToken">Asked before each file is written; the folder is then as it was.</param>
    /// <exception cref="ScaffoldException">A folder stands where a file goes.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public void Write(IReadOnlyList<ScaffoldFile> files, CancellationToken cancellationToken)
    {
        if (files.Select(file => Path.Combine(full, file.Path)).FirstOrDefault(Directory.Exists) is { } obstacle)
        {
            throw new ScaffoldException($"{obstacle} is a folder, and a file goes there: choose another folder or another name") { Reason = ScaffoldErrorReason.NotAFolder, Path = obstacle };
        }

        // Inside a folder that exists: the one above may be another disk's, or somebody else's.
        string home = exists ? full : Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(home);
        RemoveLeftovers(home);
        string staging = Path.Combine(home, $"{StagingPrefix}{Guid.NewGuid():N}{StagingSuffix}");
        try
        {
            foreach (ScaffoldFile file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Stage(staging, file);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (exists)
            {
                MoveInto(staging, files);
            }
            else
            {
                Directory.Move(staging, full);
            }
        }
        catch (Exception exception) when (WriteFailure.IsOf(exception, staging))
        {
            throw WriteFailure.CreateException(full, exception);
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }
    }

    private static bool IsStaging(string path)
    {
        string name = Path.GetFileName(path);
        return name.StartsWith(StagingPrefix, StringComparison.Ordinal)
            && name.EndsWith(StagingSuffix, StringComparison.Ordinal)
            && Guid.TryParseExact(name.AsSpan(StagingPrefix.Length)[..^StagingSuffix.Length], "N", out _);
    }

    private static void Stage(string staging, ScaffoldFile file)
    {
        string path = Path.Combine(staging, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteNew(path, file.Write);
    }

    private void MoveInto(string staging, IReadOnlyList<ScaffoldFile> files)
    {
        Stack<Action> undo = [];
        try
        {
            string replaced = Directory.CreateDirectory(Path.Combine(staging, Guid.NewGuid().ToString("N"))).FullName;
            for (int i = 0; i < files.Count; i++)
            {
                string target = Path.Combine(full, files[i].Path);
                MakeFolder(Path.GetDirectoryName(target)!, undo);
                if (File.Exists(target))
                {
                    Move(target, Path.Combine(replaced, FormattableString.Invariant($"{i}")), undo);
                }

                Move(Path.Combine(staging, files[i].Path), target, undo);
            }
        }
        catch
        {
            while (undo.TryPop(out Action? back))
            {
                back();
            }

            throw;
        }
    }

    private static void MakeFolder(string folder, Stack<Action> undo)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            undo.Push(() => Directory.Delete(folder));
        }
    }

    private static void Move(string from, string to, Stack<Action> undo)
    {
        File.Move(from, to);
        undo.Push(() => File.Move(to, from));
    }

    private void RemoveLeftovers(string home)
    {
        foreach (string folder in Directory.EnumerateDirectories(home, StagingPrefix + "*").Where(IsStaging))
        {
            if (time.GetUtcNow().UtcDateTime - Directory.GetLastWriteTimeUtc(folder) > LongestWrite)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
