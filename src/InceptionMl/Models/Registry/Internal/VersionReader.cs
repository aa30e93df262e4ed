using InceptionMl.Internal;
using InceptionMl.Models.Internal;

namespace InceptionMl.Models.Registry.Internal;

/// <summary>Reads one version's folder and says what is wrong with it.</summary>
public static class VersionReader
{
    private const int MaxCard = 64 << 20;
    private const long MaxModel = 4L << 30;

    /// <summary>Gets the version of this name, or null if there is no such folder.</summary>
    public static ModelVersion? Read(RegistryFolder registry, string name, string? current)
    {
        string folder = registry.Version(name);
        if (!Path.Exists(folder))
        {
            return null;
        }

        List<string> problems = [];
        ModelCard? inside = Try(problems, () => ReadModel(registry, folder));
        ModelCard? beside = Try(problems, () => ReadCard(registry, folder));
        foreach (string file in (string[])[RegistryFolder.PipelineFile, RegistryFolder.ImagesFile])
        {
            Try(problems, () => Require(registry, Path.Combine(folder, file)));
        }

        return new ModelVersion
        {
            Version = name,
            Folder = folder,
            IsCurrent = name == current,
            IsComplete = inside is not null,
            Bytes = RegistryFolder.Files.Select(file => new FileInfo(Path.Combine(folder, file))).Where(file => file.Exists).Sum(file => file.Length),
            Card = beside ?? inside,
            Comparison = VersionComparison.Read(registry, folder),
            Problem = problems.Count == 0 ? null : string.Join("; ", problems.Distinct(StringComparer.Ordinal)),
        };
    }

    /// <summary>The card inside a model zip, which is complete where this returns.</summary>
    /// <exception cref="RegistryException">The zip is missing or a link.</exception>
    /// <exception cref="ModelFormatException">It is no model.</exception>
    public static ModelCard ReadModel(RegistryFolder registry, string folder)
    {
        string path = Path.Combine(folder, RegistryFolder.ModelFile);
        using FileStream zip = registry.Open(path, MaxModel) ?? throw Missing(path);
        return ModelPackage.ReadCard(zip, Subject.FromFile(path));
    }

    /// <summary>The card beside the model zip.</summary>
    /// <exception cref="RegistryException">It is missing or a link.</exception>
    /// <exception cref="ModelFormatException">It is no card.</exception>
    public static ModelCard ReadCard(RegistryFolder registry, string folder)
    {
        string path = Path.Combine(folder, RegistryFolder.CardFile);
        return ModelCard.Parse(registry.Read(path, MaxCard) ?? throw Missing(path), Subject.FromFile(path));
    }

    /// <exception cref="RegistryException">There is no such file.</exception>
    public static string Require(RegistryFolder registry, string path)
    {
        using FileStream file = registry.Open(path, long.MaxValue) ?? throw Missing(path);
        return file.Name;
    }

    private static T? Try<T>(List<string> problems, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InceptionMlException or IOException or UnauthorizedAccessException)
        {
            problems.Add(exception.Message.TrimEnd('.'));
            return null;
        }
    }

    private static RegistryException Missing(string path) => new($"{path} is missing") { Path = path };
}

/// <summary>What to do about damage in a registry.</summary>
public static class RegistryAdvice
{
    /// <summary>What to do about a promoted version that cannot be used.</summary>
    public static string Instead(this ModelRegistry registry, string damaged) =>
        registry.Files.VersionNames().Reverse()
            .FirstOrDefault(name => name != damaged && VersionReader.Read(registry.Files, name, null) is { IsComplete: true }) is { } whole
            ? $"Promote another version, such as {whole}."
            : $"No other version is whole, so remove {registry.Files.CurrentPath} and {registry.Files.Version(damaged)} and train again.";
}
