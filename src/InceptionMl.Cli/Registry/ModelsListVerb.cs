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
    // Where a terminal is narrow, the last columns of figures go first, and the first figure stays.
    private static readonly (TerminalColumn Column, Func<ModelVersion, string> Of)[] Columns =
    [
        (new("version"), version => version.Version),
        (new(""), version => version.Problem is not null ? "damaged" : version.IsCurrent ? "*" : ""),
        (new("created", Rank: 1), VersionFigures.Created),
        (new("images", IsNumber: true, Rank: 3), version => VersionFigures.Count(VersionFigures.Images(version))),
        (new("classes", IsNumber: true, Rank: 4), version => version.Card is null ? "-" : version.Classes.Count.ToString(CultureInfo.InvariantCulture)),
        (new("compared with"), version => version.Comparison?.With ?? "-"),
        (new("on", IsNumber: true, Rank: 2), version => version.Comparison is { } comparison ? FormattableString.Invariant($"{comparison.Images} images") : "-"),
        (new("accuracy", IsNumber: true), VersionFigures.Change),
        (new("size", IsNumber: true, Rank: 8), version => VersionFigures.Size(version.Bytes)),
    ];

    public static void Write(IAnsiConsole console, IReadOnlyList<ModelVersion> versions)
    {
        TerminalTable table = new([.. Columns.Select(column => column.Column)]);
        foreach (ModelVersion version in versions)
        {
            table.Add(
                version.Problem is not null ? Tone.Bad : version.IsCurrent ? Tone.Good : Tone.Plain,
                [.. Columns.Select(column => column.Of(version))]);
        }

        table.Write(console);
    }
}
