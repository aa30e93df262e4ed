using System.Text.Json.Serialization;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Importing;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Weights.Binding.Internal;

namespace InceptionMl.Cli;

/// <summary>What an import did, for programs and for people.</summary>
internal sealed class ImportReport(ImportedBackbone imported, TimeSpan elapsed)
{
    /// <summary>Gets what to say where the preparation of images was only taken for the usual one.</summary>
    public string Assumption => $"is none of the published files that are known here: pictures are prepared {imported.Preprocessing} "
        + $"({BackboneText.Preparation(imported.Card.Input)}); if it was trained with other pictures, remove {imported.Card.Name} and import it again "
        + "with --input-size, --offset, --scale and --channels.";

    public void Write(CommandContext context, bool asJson)
    {
        if (asJson)
        {
            context.Output.WriteLine(JsonLine.Write(new ImportOutput(imported.Stored, imported, elapsed.TotalSeconds)));
        }
        else
        {
            Write(context.Text);
        }
    }

    public void Write(TerminalWriter text)
    {
        text.WriteLine(FormattableString.Invariant($"{imported.Card.Name}: {imported.Form}, in {imported.Stored.OnnxPath} ({elapsed.TotalSeconds:F1} s)."));
        BackboneText.Write(text, imported.Card);
        text.WriteLine($"Pictures are prepared {imported.Preprocessing}.");
        if (imported.FeaturesTensor is { } features)
        {
            text.WriteLine($"The features are the file's tensor {features}.");
        }

        if (imported.CutOff.Count > 0)
        {
            text.WriteLine($"Cut off in front, and done to pictures outside the network: {string.Join(", ", imported.CutOff.Select(Text))}.");
        }

        if (imported.ImageArithmetic.Count > 0)
        {
            text.WriteLine($"Arithmetic that the network itself still does on the picture: {string.Join(", ", imported.ImageArithmetic.Select(Text))}.");
        }

        foreach (IGrouping<string, IgnoredTensor> group in imported.Ignored.GroupBy(tensor => tensor.Reason).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.WriteLine(FormattableString.Invariant($"Ignored: {group.Count()} tensors ({group.First().Name}{(group.Count() > 1 ? ", ..." : "")}), {group.Key}."));
        }
    }

    /// <summary>A node for people and programs.</summary>
    public static string Text(GraphNodeName node) => $"{node.Name} ({node.Operator})";
}

/// <summary><c>backbones import --json</c></summary>
/// <param name="Stored">The backbone.</param>
/// <param name="Imported">How it was imported; null if it was stored before, and then the keys of an import are missing.</param>
/// <param name="Seconds">How long it took.</param>
internal record ImportOutput([property: JsonIgnore] StoredBackbone Stored, [property: JsonIgnore] ImportedBackbone? Imported, [property: JsonPropertyOrder(1)] double Seconds)
    : BackboneOutput(Stored)
{
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Form => Imported?.Form;

    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Preprocessing => Imported?.Preprocessing;

    [JsonPropertyOrder(-1)]
    public string? FeaturesTensor => Imported?.FeaturesTensor;

    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IgnoredTensorOutput>? Ignored => Imported?.Ignored.Select(tensor => new IgnoredTensorOutput(tensor.Name, tensor.Reason)).ToArray();

    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? CutOff => Imported?.CutOff.Select(ImportReport.Text).ToArray();

    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ImageArithmetic => Imported?.ImageArithmetic.Select(ImportReport.Text).ToArray();
}

internal sealed record IgnoredTensorOutput(string Tensor, string Reason);

