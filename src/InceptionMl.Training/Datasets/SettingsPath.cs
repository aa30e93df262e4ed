using System.Diagnostics.CodeAnalysis;
using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// A path in training settings. One that code gives is relative to the current folder, as anywhere in .NET; one that a pipeline file
/// gives is relative to the file, and is kept as it is written there. Two are equal where they are the same absolute path.
/// </summary>
public sealed class SettingsPath : IEquatable<SettingsPath>
{
    private const int Longest = 4096;

    private readonly string shown;
    private readonly bool isFromFile;

    private SettingsPath(string written, string full, string shown, bool isFromFile)
    {
        Written = written;
        Full = full;
        this.shown = shown;
        this.isFromFile = isFromFile;
    }

    /// <summary>Gets the path as it is written: in a file, folders are separated by <c>/</c>.</summary>
    public string Written { get; }

    /// <summary>Gets the absolute path.</summary>
    public string Full { get; }

    /// <summary>Converts a path that is relative to the current folder, or absolute.</summary>
    /// <param name="path">The path.</param>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator SettingsPath?(string? path) => path is null ? null : FromString(path);

    /// <summary>Creates a path that is relative to the current folder, or absolute.</summary>
    /// <param name="path">The path.</param>
    public static SettingsPath FromString(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new SettingsPath(path, Resolve(path, Environment.CurrentDirectory), path, isFromFile: false);
    }

    /// <summary>Creates a path as the author of a file writes it.</summary>
    /// <param name="written">The path, with <c>/</c> between folders.</param>
    /// <param name="folder">The absolute folder of the file.</param>
    public static SettingsPath FromFile(string written, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(written);
        string full = Resolve(written, folder);
        return new SettingsPath(written, full, full, isFromFile: true);
    }

    /// <summary>Creates the way from a file's folder to something on this machine; absolute only where no relative path leads there.</summary>
    /// <param name="target">Where to; relative to the current folder unless it is absolute.</param>
    /// <param name="folder">The absolute folder of the file.</param>
    public static SettingsPath RelativeTo(string target, string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        return FromFile(Path.GetRelativePath(folder, full).Replace(Path.DirectorySeparatorChar, '/'), folder);
    }

    /// <summary>What to open: the path as code gave it, the absolute path where a file gave it.</summary>
    public override string ToString() => shown;

    /// <inheritdoc/>
    public bool Equals(SettingsPath? other) => other is not null && Full == other.Full;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SettingsPath);

    /// <inheritdoc/>
    public override int GetHashCode() => Full.GetHashCode(StringComparison.Ordinal);

    /// <summary>What is wrong with a path in a file, as a fragment that follows it; null where nothing is.</summary>
    internal static string? Problem(string written) =>
        written.Length == 0 ? "is empty: name a file or a folder"
        : written.Contains('\\') ? "has a backslash: put / between folders, which every system understands"
        : written.Any(char.IsControl) ? "holds a control character: no path does"
        : written.Length > Longest ? FormattableString.Invariant($"is longer than {Longest} characters")
        : null;

    /// <summary>The place with symbolic links resolved; what cannot be looked at, as it is: that is reported when it is opened.</summary>
    internal string Real
    {
        get
        {
            try
            {
                return RealPath.Resolve(Full);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return Full;
            }
        }
    }

    /// <summary>Whether it is a folder or below it, symbolic links resolved.</summary>
    /// <param name="other">The absolute path of the folder.</param>
    internal bool IsIn(string other)
    {
        try
        {
            return RealPath.IsSameOrBelow(Full, other);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The same place for a file in another folder; left as it was written in a file where that still leads there.</summary>
    internal SettingsPath From(string folder) => isFromFile && Resolve(Written, folder) == Full ? this : RelativeTo(Full, folder);

    private static string Resolve(string written, string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(written, folder));
}
