namespace InceptionMl.Models.Registry.Internal;

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
