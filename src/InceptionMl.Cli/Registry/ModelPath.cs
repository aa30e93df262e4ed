using InceptionMl.Models.Registry;

namespace InceptionMl.Cli.Registry;

/// <summary>The model a verb was given: a zip, or a registry, which stands for its promoted version.</summary>
internal static class ModelPath
{
    public const string Description = "The model zip, or a registry's folder for its promoted version.";

    /// <exception cref="RegistryException">The registry has no promoted version, or it is not complete.</exception>
    public static string Resolve(string zipOrRegistry) => !ModelRegistry.IsRegistry(zipOrRegistry)
        ? zipOrRegistry
        : new ModelRegistry(zipOrRegistry).Current?.ModelPath
            ?? throw new RegistryException($"{zipOrRegistry} is a registry without a promoted version: promote one with models promote") { Reason = RegistryErrorReason.NotFound };
}
