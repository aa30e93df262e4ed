using System.CommandLine;
using System.Globalization;
using InceptionMl.Cli.Console;
using InceptionMl.Cli.Verbs;
using Spectre.Console;

namespace InceptionMl.Cli.Backbones;

/// <summary><c>backbones list</c></summary>
internal static class ListVerb
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
                    context.Output.WriteLine(ToJson(backbone));
                }
            }
            else
            {
                context.Console.Write(ToTable(all));
            }

            foreach (string problem in all.Select(backbone => backbone.Problem).OfType<string>())
            {
                context.Error.WriteLine($"warning: {problem}");
            }

            return ExitStatus.Done;
        });
        return verb;
    }

    private static string ToJson(ListedBackbone backbone) => JsonLine.Write(json =>
    {
        json.WriteString("name", backbone.Name);
        json.WriteString("state", backbone.State);
        json.WriteString("network", backbone.Network);
        json.Number("width", backbone.Width);
        json.Number("height", backbone.Height);
        json.Number("features", backbone.Features);
        json.Number("classes", backbone.Classes);
        json.Number("bytes", backbone.Bytes);
        json.WriteString("licence", backbone.Licence);
        json.WriteString("address", backbone.Address);
        json.WriteString("problem", backbone.Problem);
    });

    private static Table ToTable(IReadOnlyList<ListedBackbone> all)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("name", "state", "network", "input");
        table.AddColumn(new TableColumn("features").RightAligned());
        table.AddColumn(new TableColumn("classes").RightAligned());
        table.AddColumn(new TableColumn("MB").RightAligned());
        table.AddColumn("licence");
        foreach (ListedBackbone backbone in all)
        {
            string[] cells =
            [
                backbone.Name,
                backbone.Problem is null ? backbone.State : "damaged",
                backbone.Network ?? "-",
                backbone.Width is int width ? FormattableString.Invariant($"{width}x{backbone.Height}") : "-",
                Number(backbone.Features),
                Number(backbone.Classes),
                backbone.Bytes is long bytes ? (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture) : "-",
                backbone.Licence ?? "-",
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
