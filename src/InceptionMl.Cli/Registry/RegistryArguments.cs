using System.CommandLine;
using InceptionMl.Models.Registry;
using InceptionMl.Training.Versions;

namespace InceptionMl.Cli;

/// <summary>What the verbs under <c>models</c> share: the registry they name, opened for reading or held for a change.</summary>
internal static class RegistryArguments
{
    public static Argument<string> Registry() => new("registry") { Description = "The registry's folder." };

    public static Argument<string> Version(string name = "version", string description = "The version, such as 0001.") => new(name) { Description = description };

    /// <summary>Gets the name a version is stored under: 2 is 0002.</summary>
    public static string Name(ModelRegistry registry, string given)
    {
        string number = given.TrimStart('0');
        bool isNumber = number.Length > 0 && number.All(char.IsAsciiDigit);
        return (isNumber ? registry.Versions.FirstOrDefault(version => version.Version.TrimStart('0') == number)?.Version ?? number.PadLeft(4, '0') : null) ?? given;
    }

    public static Option<string> Reason(string byDefault) => new("--reason")
    {
        Description = $"Why, for the record. The default is '{byDefault}'.",
        DefaultValueFactory = _ => byDefault,
    };

    /// <exception cref="RegistryException">The folder is no registry.</exception>
    public static ModelRegistry Open(string folder) => ModelRegistry.IsRegistry(folder)
        ? new ModelRegistry(folder)
        : throw new RegistryException($"{folder} is no registry of models: it has no versions") { Reason = RegistryErrorReason.NotFound, Path = folder };

    /// <exception cref="RegistryException">The folder is no registry, or somebody else is changing it.</exception>
    public static Task<RegistryWriter> HoldAsync(CommandContext context, string folder, string verb, CancellationToken cancellationToken) =>
        RegistryWriter.OpenAsync(Open(folder).Folder, new RegistryWriter.Options
        {
            Holder = FormattableString.Invariant($"{verb} (process {Environment.ProcessId})"),
            Time = context.Time,
        }, cancellationToken);
}

/// <summary>The model a verb was given: a zip, or a registry, which stands for its promoted version.</summary>
internal static class ModelPath
{
    public const string Description = "The model zip, or a registry's folder for its promoted version.";

    /// <exception cref="RegistryException">The registry has no promoted version, or it is not complete.</exception>
    public static string Resolve(string zipOrRegistry) => !ModelRegistry.IsRegistry(zipOrRegistry)
        ? zipOrRegistry
        : new ModelRegistry(zipOrRegistry).Current?.ModelPath
            ?? throw new RegistryException($"{zipOrRegistry} is a registry without a promoted version") { Reason = RegistryErrorReason.NotPromoted, Path = zipOrRegistry };
}
