using System.CommandLine;
using InceptionMl.Models.Registry;
using InceptionMl.Training.Versions;

namespace InceptionMl.Cli;

/// <summary><c>models promote REGISTRY VERSION</c></summary>
internal static class ModelsPromoteVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> registry = RegistryArguments.Registry();
        Argument<string> version = RegistryArguments.Version();
        Option<string> reason = RegistryArguments.Reason("promoted by hand");
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("promote", "Make a version the promoted one, which applications use from then on.") { registry, version, reason, json, format };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string folder = parsed.GetRequiredValue(registry);
            using RegistryWriter writer = await RegistryArguments.HoldAsync(context, folder, "models promote", cancellationToken);
            string? before = writer.Registry.CurrentName;
            ModelVersion now = writer.Promote(RegistryArguments.Name(writer.Registry, parsed.GetRequiredValue(version)), parsed.GetValue(reason)!);
            await SwitchReport.WriteAsync(context, CommonOptions.IsJson(parsed, json, format), folder, now, before);
            return ExitStatus.Done;
        });
        return verb;
    }
}

/// <summary>Which version is in use now, and which was before.</summary>
internal static class SwitchReport
{
    public static Task WriteAsync(CommandContext context, bool asJson, string registry, ModelVersion now, string? before) => context.Writer(asJson).WriteLineAsync(asJson
        ? JsonLine.Write(new SwitchOutput(registry, now.Version, before))
        : before == now.Version ? $"{now.Version} is the promoted version already."
        : before is null ? $"{now.Version} is promoted; nothing was before."
        : $"{now.Version} is promoted; before it was {before}.");
}

/// <summary><c>models promote --json</c> and <c>models rollback --json</c></summary>
internal sealed record SwitchOutput(string Registry, string Version, string? Previous);
