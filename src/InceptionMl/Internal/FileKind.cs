using System.Formats.Tar;

namespace InceptionMl.Internal;

/// <summary>
/// Tells files from pipes, sockets and devices before they are opened: opening a pipe waits until somebody writes to it, and a device
/// may never end.
/// </summary>
public static class FileKind
{
    /// <summary>Determines whether a path leads to a regular file, links followed.</summary>
    /// <exception cref="FileNotFoundException">It leads to nothing, or to a folder.</exception>
    public static bool IsRegular(string path)
    {
        FileInfo file = new(path);
        if (file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
        {
            // What a link of the system's own leads to, standard input for one, need not be there under a name.
            if (!target.Exists && File.Exists(path))
            {
                return false;
            }

            file = new FileInfo(target.FullName);
        }

        return file.Length > 0 || IsRegularWithoutLength(file.FullName);
    }

    // Of an empty file and a pipe the framework tells the difference nowhere but where it makes archives; pipes are not opened for that.
    private static bool IsRegularWithoutLength(string path)
    {
        using MemoryStream archive = new();
        try
        {
            using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
            {
                writer.WriteEntry(path, "file");
            }

            archive.Position = 0;
            using TarReader reader = new(archive);
            return reader.GetNextEntry() is { EntryType: TarEntryType.RegularFile };
        }
        catch (UnauthorizedAccessException)
        {
            // Only a regular file was to be opened.
            return true;
        }
        catch (IOException)
        {
            // A socket has no place in an archive.
            return false;
        }
    }
}
