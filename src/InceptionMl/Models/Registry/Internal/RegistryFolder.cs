using System.Globalization;
using InceptionMl.Internal;

namespace InceptionMl.Models.Registry.Internal;

/// <summary>
/// Where a registry keeps what, and the only way its files are read: whole, within a bound, never through a symbolic link, since a
/// registry may have been written by anybody.
/// </summary>
public sealed class RegistryFolder(string folder)
{
    public const string ModelFile = "model.zip";
    public const string CardFile = "card.json";
    public const string PipelineFile = "pipeline.json";
    public const string ReportFile = "report.html";
    public const string ImagesFile = "data.csv";
    public const string FingerprintsFile = "fingerprints.bin";
    public const string ComparisonFile = "comparison.json";

    private const int LongestCurrent = 64;

    /// <summary>Every file a version may hold; all but report, fingerprints and comparison must be there.</summary>
    public static readonly IReadOnlyList<string> Files = [ModelFile, CardFile, PipelineFile, ImagesFile, ReportFile, FingerprintsFile, ComparisonFile];

    /// <summary>Gets the registry that a version lies in.</summary>
    /// <param name="version">The folder of the version.</param>
    public static RegistryFolder Around(string version) => new(Path.Combine(version, "..", ".."));

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    public string CurrentPath => Path.Combine(Root, "current");

    public string PromotionsPath => Path.Combine(Root, "promotions.jsonl");

    public string FrozenTestPath => Path.Combine(Root, "frozen-test.csv");

    public string VersionsPath => Path.Combine(Root, "versions");

    /// <summary>Gets the folder of a version.</summary>
    /// <exception cref="RegistryException">No version can have this name.</exception>
    public string Version(string name)
    {
        VersionName.Require(name);
        return Path.Combine(VersionsPath, name);
    }

    /// <summary>Gets the names of what is in the folder of versions, oldest first; entries of other names are none of the registry's.</summary>
    public IReadOnlyList<string> VersionNames()
    {
        RefuseLinks(VersionsPath);
        return !Directory.Exists(VersionsPath)
            ? []
            : [.. Directory.EnumerateFileSystemEntries(VersionsPath).Select(path => Path.GetFileName(path)).Where(VersionName.IsValid).OrderBy(VersionName.Number)];
    }

    /// <summary>Gets the promoted version's name, or null if none was ever promoted.</summary>
    /// <exception cref="RegistryException">The file holds something else.</exception>
    public string? ReadCurrent()
    {
        if (Read(CurrentPath, LongestCurrent) is not { } bytes)
        {
            return null;
        }

        string name = System.Text.Encoding.Latin1.GetString(bytes);
        name = name.EndsWith('\n') ? name[..^1].TrimEnd('\r') : name;
        return VersionName.IsValid(name)
            ? name
            : throw new RegistryException($"{CurrentPath} names no version: it holds '{SingleLineText.Clean(name, 40)}'; promote a version again") { Path = CurrentPath };
    }

    /// <summary>A file's bytes, or null if there is none.</summary>
    /// <param name="path">A path inside the registry.</param>
    /// <param name="most">The most bytes such a file may have.</param>
    /// <exception cref="RegistryException">It is a link, no plain file, empty or too large.</exception>
    public byte[]? Read(string path, int most)
    {
        using FileStream? file = Open(path, most);
        if (file is null)
        {
            return null;
        }

        byte[] bytes = new byte[(int)Math.Min(file.Length, most)];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..read];
    }

    /// <summary>A file opened for reading, or null if there is none; a writer may rename another over it meanwhile.</summary>
    /// <inheritdoc cref="Read"/>
    public FileStream? Open(string path, long most)
    {
        RefuseLinks(path);
        FileInfo file = new(path);
        if (!file.Exists)
        {
            return Directory.Exists(path) ? throw new RegistryException($"{path} is a folder where a file belongs: remove it") { Path = path } : null;
        }

        // A pipe or a device has no length either, and to open one could wait for ever.
        if (file.Length == 0)
        {
            throw new RegistryException($"{path} is empty or no plain file") { Path = path };
        }

        if (file.Length > most)
        {
            throw new RegistryException(FormattableString.Invariant($"{path} has {file.Length} bytes, more than the {most} such a file may have")) { Path = path };
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Refuses a path inside the registry that passes through a symbolic link.</summary>
    /// <exception cref="RegistryException">The message names the link.</exception>
    public void RefuseLinks(string path)
    {
        for (string? at = path; at is not null && at.Length > Root.Length; at = Path.GetDirectoryName(at))
        {
            if (new DirectoryInfo(at).LinkTarget is not null)
            {
                throw new RegistryException($"{at} is a symbolic link, and a registry holds its files itself: put the file or folder in its place") { Path = at };
            }
        }
    }
}

/// <summary>Names of versions: a number from 1 on, in at least four and at most nine digits, one name a number.</summary>
public static class VersionName
{
    public const int Last = 999_999_999;
    private const int Fewest = 4;
    private const int Most = 9;

    public static bool IsValid(string name) =>
        name.Length is >= Fewest and <= Most && name.All(char.IsAsciiDigit) && (name.Length == Fewest || name[0] != '0') && Number(name) > 0;

    public static int Number(string name) => int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture);

    public static string Format(int number) => number.ToString("0000", CultureInfo.InvariantCulture);

    /// <exception cref="RegistryException">No version can have this name.</exception>
    public static void Require(string name)
    {
        if (!IsValid(name))
        {
            throw new RegistryException($"'{SingleLineText.Clean(name, 40)}' is no version: a version is a number of {Fewest} to {Most} digits, such as 0001") { Reason = RegistryErrorReason.NotFound };
        }
    }
}
