using System.Globalization;
using InceptionMl.Models.Registry;
using Spectre.Console;

namespace InceptionMl.Cli.Registry;

/// <summary>Versions as a table, a row each.</summary>
internal static class VersionTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<ModelVersion> versions)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("version", "", "created");
        foreach (string name in (string[])["images", "classes", "accuracy", "macro F1", "log loss", "size"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (ModelVersion version in versions)
        {
            table.AddRow(
                version.Version,
                version.Problem is not null ? "damaged" : version.IsCurrent ? "*" : "",
                VersionFigures.Created(version),
                VersionFigures.Count(VersionFigures.Images(version)),
                version.Card is null ? "-" : version.Classes.Count.ToString(CultureInfo.InvariantCulture),
                VersionFigures.Figure(version.Accuracy, "P1"),
                VersionFigures.Figure(version.TestFigure("macroF1"), "F3"),
                VersionFigures.Figure(version.TestFigure("logLoss"), "F3"),
                VersionFigures.Size(version.Bytes));
        }

        console.Write(table);
    }
}
