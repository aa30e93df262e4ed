using System.CommandLine;
using InceptionMl.Cli.Rendering;
using InceptionMl.Cli.Verbs;
using InceptionMl.Models.Registry;

namespace InceptionMl.Cli.Registry;

/// <summary><c>models list REGISTRY</c></summary>
internal static class ModelsListVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> registry = RegistryArguments.Registry();
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("list", "List the versions, oldest first; * marks the promoted one. As JSON, an object a version.") { registry, json, format };
        verb.SetAction(async (parsed, _) =>
        {
            ModelRegistry opened = RegistryArguments.Open(parsed.GetRequiredValue(registry));
            IReadOnlyList<ModelVersion> versions = opened.Versions;
            if (CommonOptions.IsJson(parsed, json, format))
            {
                foreach (ModelVersion version in versions)
                {
                    await context.Output.WriteLineAsync(JsonLine.Write(new VersionOutput(version)));
                }
            }
            else
            {
                VersionTable.Write(context.Console, versions);
            }

            ModelVersion[] damaged = [.. versions.Where(version => version.Problem is not null)];
            foreach (ModelVersion version in damaged)
            {
                await context.Error.WriteLineAsync($"{version.Version} is damaged: {version.Problem}.");
            }

            return damaged.Length > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }
}
