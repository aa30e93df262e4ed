using System.CommandLine;
using System.Globalization;
using InceptionMl.Cli.Rendering;
using InceptionMl.Cli.Verbs;

namespace InceptionMl.Cli.Backbones;

/// <summary><c>backbones list</c></summary>
internal static class BackbonesListVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Option<bool> json = CommonOptions.Json();
        Command verb = new("list", "What is stored, and what can be pulled.") { json };
        verb.SetAction(parsed =>
        {
            IReadOnlyList<ListedBackbone> all = ListedBackbone.All(StoreOption.Open(parsed, store, context));
            if (parsed.GetValue(json))
            {
                foreach (ListedBackbone backbone in all)
                {
                    context.Output.WriteLine(JsonLine.Write(backbone));
                }
            }
            else
            {
                ToTable(all).Write(context.Console);
            }

            foreach (string problem in all.Select(backbone => backbone.Problem).OfType<string>())
            {
                context.Error.WriteLine($"warning: {problem}");
            }

            return ExitStatus.Done;
        });
        return verb;
    }

    private static TerminalTable ToTable(IReadOnlyList<ListedBackbone> all)
    {
        TerminalTable table = new(
            new TerminalColumn("name"),
            new TerminalColumn("state"),
            new TerminalColumn("MB", IsNumber: true),
            new TerminalColumn("input", IsNumber: true),
            new TerminalColumn("features", IsNumber: true),
            new TerminalColumn("ImageNet top 1", IsNumber: true, Rank: 1),
            new TerminalColumn("classes", IsNumber: true, Rank: 3),
            new TerminalColumn("network", Rank: 4),
            new TerminalColumn("license", Rank: 2));
        foreach (ListedBackbone backbone in all)
        {
            table.Add(
                backbone.Problem is null ? Tone.Plain : Tone.Bad,
                backbone.Name,
                backbone.Problem is null ? backbone.State : "damaged",
                backbone.Bytes is long bytes ? (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture) : "-",
                backbone.Width is int width ? FormattableString.Invariant($"{width}x{backbone.Height}") : "-",
                Number(backbone.Features),
                backbone.Top1 is double top ? top.ToString("F1", CultureInfo.InvariantCulture) + " %" : "-",
                Number(backbone.Classes),
                backbone.Network ?? "-",
                backbone.License ?? "-");
        }

        return table;
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
