using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Models.Registry;

/// <summary>
/// A folder of model versions as an application reads it: which version is promoted, and where its zip is. Reading takes no lock and
/// may go on while versions are published and promoted. Nothing outside the folder is read, and no symbolic link inside it followed.
/// </summary>
/// <param name="folder">The registry's folder; it need not exist yet.</param>
public sealed class ModelRegistry(string folder)
{
    private readonly RegistryFolder files = new(folder);

    /// <summary>Gets the registry's folder, as a full path.</summary>
    public string Folder => files.Root;

    internal RegistryFolder Files => files;

    /// <summary>
    /// Gets the promoted version's name as the file <c>current</c> has it, or null; cheap enough to be asked every second for changes.
    /// </summary>
    /// <exception cref="RegistryException">The file cannot be read or names no version.</exception>
    public string? CurrentName => Reading(files.ReadCurrent);

    /// <summary>Gets the promoted version, its model zip there and readable; null if none was ever promoted.</summary>
    /// <exception cref="RegistryException"><c>current</c> names no complete version.</exception>
    public ModelVersion? Current => Reading(FindCurrent);

    /// <summary>Gets every version, oldest first; a damaged one says so in <see cref="ModelVersion.Problem"/>.</summary>
    /// <exception cref="RegistryException">The registry cannot be read.</exception>
    public IReadOnlyList<ModelVersion> Versions => Reading<IReadOnlyList<ModelVersion>>(() =>
    {
        string? current = files.ReadCurrent();
        return [.. files.VersionNames().Select(name => VersionReader.Read(files, name, current)).OfType<ModelVersion>()];
    });

    /// <summary>Gets what was promoted when and why, oldest first; at most the last 1,000.</summary>
    /// <exception cref="RegistryException">The record cannot be read.</exception>
    public IReadOnlyList<Promotion> Promotions => Reading(() => PromotionHistory.Read(files).Promotions);

    /// <summary>Determines whether a folder is a registry: it has versions, or names a promoted one.</summary>
    public static bool IsRegistry(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        RegistryFolder files = new(folder);
        return File.Exists(files.CurrentPath) || Directory.Exists(files.VersionsPath);
    }

    /// <summary>Gets the version of this name, or null.</summary>
    /// <param name="version">4 to 9 digits.</param>
    /// <exception cref="RegistryException">No version can have this name, or the registry cannot be read.</exception>
    public ModelVersion? Find(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        VersionName.Require(version);
        return Reading(() => VersionReader.Read(files, version, files.ReadCurrent()));
    }

    /// <summary>Gets the version of this name.</summary>
    /// <param name="version">4 to 9 digits.</param>
    /// <exception cref="RegistryException">There is none, or the registry cannot be read.</exception>
    public ModelVersion Show(string version) =>
        Find(version) ?? throw new RegistryException($"{Folder} has no version {version}: its versions are {DescribeVersions(files.VersionNames())}") { Reason = RegistryErrorReason.NotFound, Path = Folder };

    private ModelVersion? FindCurrent()
    {
        string? seen = null;
        while (files.ReadCurrent() is { } name)
        {
            ModelVersion? version = VersionReader.Read(files, name, name);
            if (version is { IsComplete: true })
            {
                return version;
            }

            // Others may have been promoted and this one pruned between the two looks.
            if (name == seen)
            {
                throw new RegistryException($"{files.CurrentPath} names {name}, which is not complete ({version?.Problem ?? "it is gone"}). {this.Instead(name)}") { Path = files.CurrentPath };
            }

            seen = name;
        }

        return null;
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException($"The registry {Folder} cannot be read: {exception.Message.TrimEnd('.')}", exception) { Path = Folder };
        }
    }

    private static string DescribeVersions(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "none",
        <= 10 => string.Join(", ", names),
        _ => FormattableString.Invariant($"{names[0]} to {names[^1]}, {names.Count} of them"),
    };
}
