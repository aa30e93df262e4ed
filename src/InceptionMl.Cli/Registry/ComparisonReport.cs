using System.Globalization;
using System.Text.Json;
using InceptionMl.Cli.Rendering;
using InceptionMl.Models.Registry;
using InceptionMl.Training.Registry;

namespace InceptionMl.Cli.Registry;

/// <summary>Two versions side by side, for programs and for people.</summary>
internal static class ComparisonReport
{
    private const int MostNamed = 3;

    public static string ToJson(ModelVersion before, ModelVersion after, DataComparison images) => JsonLine.Write(json =>
    {
        json.Object("before", writer => VersionJson.Write(writer, before));
        json.Object("after", writer => VersionJson.Write(writer, after));
        json.Object("classes", classes =>
        {
            classes.Strings("added", after.Classes.Except(before.Classes));
            classes.Strings("removed", before.Classes.Except(after.Classes));
        });
        json.WriteBoolean("sameTest", images.SameTest);
        json.Object("images", writer =>
        {
            writer.WriteNumber("unchanged", images.Unchanged);
            writer.Array("added", images.Added, Image);
            writer.Array("removed", images.Removed, Image);
            writer.Array("relabeled", images.Relabeled, (w, change) => Change(w, change.After.Path, change.Before.Label, change.After.Label));
            writer.Array("moved", images.Moved, (w, change) => Change(w, change.After.Path, Part(change.Before), Part(change.After)));
        });
    });

    public static void Write(CommandContext context, ModelVersion before, ModelVersion after, DataComparison images)
    {
        TerminalTable figures = new(
            new TerminalColumn("on its test images"),
            new TerminalColumn(before.Version, IsNumber: true),
            new TerminalColumn(after.Version, IsNumber: true),
            new TerminalColumn("difference", IsNumber: true));
        foreach ((string key, string name, string format) in VersionFigures.Test)
        {
            double? first = before.TestFigure(key);
            double? second = after.TestFigure(key);
            figures.Add(name, VersionFigures.Figure(first, format), VersionFigures.Figure(second, format), Difference(second - first, format));
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

    private static void Image(Utf8JsonWriter json, VersionImage image)
    {
        json.WriteStartObject();
        json.WriteString("path", image.Path);
        json.WriteString("label", image.Label);
        json.WriteString("part", Part(image));
        json.WriteEndObject();
    }

    private static void Change(Utf8JsonWriter json, string path, string from, string to)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteString("from", from);
        json.WriteString("to", to);
        json.WriteEndObject();
    }
}
