using InceptionMl.Internal;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training;

/// <summary>A CSV manifest of images for a person to fill in or to mend, which training takes.</summary>
internal static class ImageTable
{
    /// <summary>Writes the table, whose paths are relative to its folder. It appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns after that of the paths.</param>
    /// <param name="rows">Each image's absolute path, and its fields in the order of <paramref name="columns"/>.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, string[] columns, IEnumerable<(string FullPath, string[] Fields)> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        byte[] csv = RegistryCsv.Write(
            ["path", .. columns], rows.Select(row => (string[])[Path.GetRelativePath(folder, row.FullPath).Replace(Path.DirectorySeparatorChar, '/'), .. row.Fields]));
        AtomicFile.Write(path, stream => stream.Write(csv));
    }
}
