using System.CommandLine;
using InceptionMl.Models.Registry;
using InceptionMl.Training.Versions;

namespace InceptionMl.Cli;

/// <summary><c>models rollback REGISTRY</c></summary>
internal static class ModelsRollbackVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> registry = RegistryArguments.Registry();
        Option<string> reason = RegistryArguments.Reason("rolled back by hand");
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("rollback", "Go back to the version promoted before; a second time, to the one before that.") { registry, reason, json, format };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string folder = parsed.GetRequiredValue(registry);
            using RegistryWriter writer = await RegistryArguments.HoldAsync(context, folder, "models rollback", cancellationToken);
            string? before = writer.Registry.CurrentName;
            ModelVersion now = writer.Rollback(parsed.GetValue(reason)!);
            await SwitchReport.WriteAsync(context, CommonOptions.IsJson(parsed, json, format), folder, now, before);
            return ExitStatus.Done;
        });
        return verb;
    }
}
