using System.Globalization;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Cli;

/// <summary>Two versions side by side, for programs and for people.</summary>
internal static class ComparisonReport
{
    private const int MostNamed = 3;

    public static string ToJson(ModelVersion before, ModelVersion after, DataComparison images) => JsonLine.Write(new ComparisonOutput(
        new VersionOutput(before),
        new VersionOutput(after),
        new ClassesOutput([.. after.Classes.Except(before.Classes)], [.. before.Classes.Except(after.Classes)]),
        images.SameTest,
        new ImagesOutput(
            images.Unchanged,
            [.. images.Added.Select(Image)],
            [.. images.Removed.Select(Image)],
            [.. images.Relabeled.Select(change => new ChangeOutput(change.After.Path, change.Before.Label, change.After.Label))],
            [.. images.Moved.Select(change => new ChangeOutput(change.After.Path, Part(change.Before), Part(change.After)))])));

    public static void Write(CommandContext context, ModelVersion before, ModelVersion after, DataComparison images)
    {
        TerminalTable figures = new(
            new TerminalColumn("on its test images"),
            new TerminalColumn(before.Version, IsNumber: true),
            new TerminalColumn(after.Version, IsNumber: true),
            new TerminalColumn("difference", IsNumber: true));
        foreach (FigureColumn column in FigureColumn.All)
        {
            double? first = before.Test is { } earlier ? column.Of(earlier) : null;
            double? second = after.Test is { } later ? column.Of(later) : null;
            figures.Add(
                column.Name, VersionFigures.Figure(before.Test, column), VersionFigures.Figure(after.Test, column), Difference(second - first, column.IsShare ? "P1" : "F3"));
        }

        figures.Write(context.Console);
        context.Text.WriteLine(images.SameTest
            ? "Both were tested on the same images."
            : "They were tested on different images, so that their figures cannot be set side by side.");
        WriteClasses(context.Text, "New classes", after.Classes.Except(before.Classes));
        WriteClasses(context.Text, "Classes gone", before.Classes.Except(after.Classes));
        context.Text.WriteLine(FormattableString.Invariant($"{images.Unchanged} images are the same in both."));
        WriteImages(context.Text, "added", [.. images.Added.Select(image => $"{image.Path} ({image.Label})")]);
        WriteImages(context.Text, "removed", [.. images.Removed.Select(image => $"{image.Path} ({image.Label})")]);
        WriteImages(context.Text, "relabeled", [.. images.Relabeled.Select(change => $"{change.After.Path} ({change.Before.Label} -> {change.After.Label})")]);
        WriteImages(context.Text, "moved", [.. images.Moved.Select(change => $"{change.After.Path} ({Part(change.Before)} -> {Part(change.After)})")]);
    }

    private static void WriteClasses(TextWriter output, string what, IEnumerable<string> classes)
    {
        string names = string.Join(", ", classes);
        if (names.Length > 0)
        {
            output.WriteLine($"{what}: {names}.");
        }
    }

    private static void WriteImages(TextWriter output, string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            string more = names.Count > MostNamed ? FormattableString.Invariant($" and {names.Count - MostNamed} more") : "";
            output.WriteLine(FormattableString.Invariant($"{names.Count} {what}: {string.Join(", ", names.Take(MostNamed))}{more}."));
        }
    }

    private static string Difference(double? difference, string format) => difference is not double value
        ? "-"
        : (value >= 0 ? "+" : "") + (format == "P1" ? (100 * value).ToString("F1", CultureInfo.InvariantCulture) + " points" : value.ToString(format, CultureInfo.InvariantCulture));

    private static string Part(VersionImage image) => image.Part.ToString().ToLowerInvariant();

    private static ImageOutput Image(VersionImage image) => new(image.Path, image.Label, Part(image));
}

/// <summary><c>models compare --json</c></summary>
internal sealed record ComparisonOutput(VersionOutput Before, VersionOutput After, ClassesOutput Classes, bool SameTest, ImagesOutput Images);

internal sealed record ClassesOutput(IReadOnlyList<string> Added, IReadOnlyList<string> Removed);

internal sealed record ImagesOutput(
    int Unchanged,
    IReadOnlyList<ImageOutput> Added,
    IReadOnlyList<ImageOutput> Removed,
    IReadOnlyList<ChangeOutput> Relabeled,
    IReadOnlyList<ChangeOutput> Moved);

internal sealed record ImageOutput(string Path, string Label, string Part);

internal sealed record ChangeOutput(string Path, string From, string To);
