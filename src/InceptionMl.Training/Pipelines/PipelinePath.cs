using InceptionMl.Internal;
using InceptionMl.Models;

namespace InceptionMl.Training.Pipelines;

/// <summary>A path in a pipeline file: as it is written there, and where it leads.</summary>
public sealed record PipelinePath
{
    private const int Longest = 4096;

    private PipelinePath(string written, string full)
    {
        Written = written;
        Full = full;
    }

    /// <summary>As in the file: folders separated by <c>/</c>, relative to the file's folder unless it is rooted.</summary>
    public string Written { get; }

    /// <summary>The absolute path.</summary>
    public string Full { get; }

    /// <summary>A path as a file's author writes it.</summary>
    /// <param name="written">With <c>/</c> between folders.</param>
    /// <param name="folder">The absolute folder of the file.</param>
    /// <exception cref="PipelineException">It cannot be a path.</exception>
    public static PipelinePath Read(string written, string folder) => Problem(written) is { } problem
        ? throw new PipelineException($"\"{written}\" {problem}")
        : new PipelinePath(written, Resolve(written, folder));

    /// <summary>The way from a file's folder to something on this machine; absolute only where no relative path leads there.</summary>
    /// <param name="target">Where to; relative to the current folder unless it is absolute.</param>
    /// <param name="folder">The absolute folder of the file.</param>
    /// <exception cref="PipelineException">The path cannot be written so that every system understands it.</exception>
    public static PipelinePath RelativeTo(string target, string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        return Read(Path.GetRelativePath(folder, full).Replace(Path.DirectorySeparatorChar, '/'), folder);
    }

    /// <summary>What is wrong with a path, as a fragment that follows it; null where nothing is.</summary>
    internal static string? Problem(string written) =>
        written.Length == 0 ? "is empty: name a file or a folder"
        : written.Contains('\\') ? "has a backslash: put / between folders, which every system understands"
        : written.Any(char.IsControl) ? "holds a control character: no path does"
        : written.Length > Longest ? FormattableString.Invariant($"is longer than {Longest} characters")
        : null;

    /// <summary>Whether both lead to one place, symbolic links resolved.</summary>
    internal bool IsSameAs(PipelinePath other) => Full == other.Full || Resolved(() => RealPath.AreSame(Full, other.Full));

    /// <summary>Whether it is a folder or below it, symbolic links resolved.</summary>
    /// <param name="other">The absolute path of the folder.</param>
    internal bool IsIn(string other) => Resolved(() => RealPath.IsSameOrBelow(Full, other));

    /// <summary>The same place for a file in another folder; left as it was written where that still leads there.</summary>
    internal PipelinePath From(string folder) => Resolve(Written, folder) == Full ? this : RelativeTo(Full, folder);

    private static string Resolve(string written, string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(written, folder));

    // What cannot be looked at is told when it is opened.
    private static bool Resolved(Func<bool> compare)
    {
        try
        {
            return compare();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
