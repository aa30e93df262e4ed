using System.CommandLine;
using System.Globalization;
using InceptionMl.Models.Registry;
using Spectre.Console;

namespace InceptionMl.Cli;

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

/// <summary>Versions as a table, a row each.</summary>
internal static class VersionTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<ModelVersion> versions)
    {
        TerminalTable table = new(
            new TerminalColumn("version"),
            new TerminalColumn(""),
            new TerminalColumn("created", Rank: 1),
            new TerminalColumn("images", IsNumber: true, Rank: 3),
            new TerminalColumn("classes", IsNumber: true, Rank: 4),
            new TerminalColumn("accuracy", IsNumber: true),
            new TerminalColumn("macro F1", IsNumber: true, Rank: 2),
            new TerminalColumn("log loss", IsNumber: true, Rank: 5),
            new TerminalColumn("size", IsNumber: true, Rank: 6));
        foreach (ModelVersion version in versions)
        {
            table.Add(
                version.Problem is not null ? Tone.Bad : version.IsCurrent ? Tone.Good : Tone.Plain,
                version.Version,
                version.Problem is not null ? "damaged" : version.IsCurrent ? "*" : "",
                VersionFigures.Created(version),
                VersionFigures.Count(VersionFigures.Images(version)),
                version.Card is null ? "-" : version.Classes.Count.ToString(CultureInfo.InvariantCulture),
                VersionFigures.Figure(version.Accuracy, "P1"),
                VersionFigures.Figure(version.Test?.MacroF1, "F3"),
                VersionFigures.Figure(version.Test?.LogLoss, "F3"),
                VersionFigures.Size(version.Bytes));
        }

        table.Write(console);
    }
}
