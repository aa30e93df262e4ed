using InceptionMl.Internal;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Training.Scaffolding;

/// <summary>
/// Brings files into a folder, all of them or none: they are written aside, then renamed. What a killed process left aside is hidden,
/// does not count as content, and is removed by the next run.
/// </summary>
internal sealed class ScaffoldFolder
{
    // Nothing of this name is written: the folder for files under way lies beside it, hidden.
    private const string Staged = "inceptionml";

    private readonly string full;
    private readonly bool exists;

    private ScaffoldFolder(string full)
    {
        this.full = full;
        exists = Directory.Exists(full);
    }

    /// <summary>Sees that a folder can be written to.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="replace">Files of the same names may be replaced.</param>
    /// <exception cref="ScaffoldException">It holds something, or is a file.</exception>
    public static ScaffoldFolder Open(string folder, bool replace)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(full))
        {
            throw new ScaffoldException($"{folder} is a file: name a folder") { Reason = ScaffoldErrorReason.NotAFolder, Path = folder };
        }

        ScaffoldFolder opened = new(full);
        if (opened.exists && !replace && Directory.EnumerateFileSystemEntries(full).Any(entry => !TemporaryPath.IsFor(entry, ScratchFolder.HiddenPath(Path.Combine(full, Staged)))))
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
        try
        {
            using ScratchFolder scratch = ScratchFolder.CreateBeside(Path.Combine(home, Staged));
            string staging = Directory.CreateDirectory(scratch.At("files")).FullName;
            foreach (ScaffoldFile file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Stage(staging, file);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (exists)
            {
                MoveInto(staging, Directory.CreateDirectory(scratch.At("replaced")).FullName, files);
            }
            else
            {
                Directory.Move(staging, full);
            }
        }
        catch (Exception exception) when (WriteFailure.IsOf(exception, ScratchFolder.HiddenPath(Path.Combine(home, Staged))))
        {
            throw WriteFailure.CreateException(full, exception);
        }
    }

    private static void Stage(string staging, ScaffoldFile file)
    {
        string path = Path.Combine(staging, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteNew(path, file.Write);
    }

    private void MoveInto(string staging, string replaced, IReadOnlyList<ScaffoldFile> files)
    {
        Stack<Action> undo = [];
        try
        {
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
}
