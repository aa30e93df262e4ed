using System.Text.Json;
using InceptionMl.Backbones.Importing;
using InceptionMl.Cli.Rendering;
using InceptionMl.Models;
using InceptionMl.Networks.TensorFlow;
using InceptionMl.Networks.Weights.Binding;

namespace InceptionMl.Cli.Backbones;

/// <summary>What an import did, for programs and for people.</summary>
internal sealed class ImportReport(ImportedBackbone imported, TimeSpan elapsed)
{
    /// <summary>Gets what to say where the preparation of images was only taken for the usual one.</summary>
    public string Assumption => $"is none of the published files that are known here: pictures are prepared {imported.Preprocessing} "
        + $"({BackboneText.Preparation(imported.Card.Input)}); if it was trained with other pictures, remove {imported.Card.Name} and import it again "
        + "with --input-size, --offset, --scale and --channels.";

    private string ToJson() => JsonLine.Write(json =>
    {
        WriteTo(json);
        json.Number("seconds", elapsed.TotalSeconds);
    });

    public void WriteTo(Utf8JsonWriter json)
    {
        BackboneJson.Write(json, imported.Card, imported.Stored.Bytes);
        json.WriteString("onnx", imported.Stored.OnnxPath);
        json.WriteString("form", imported.Form);
        json.WriteString("preprocessing", imported.Preprocessing);
        json.WriteString("featuresTensor", imported.FeaturesTensor);
        json.Array("ignored", imported.Ignored, (writer, tensor) =>
        {
            writer.WriteStartObject();
            writer.WriteString("tensor", tensor.Name);
            writer.WriteString("reason", tensor.Reason);
            writer.WriteEndObject();
        });
        json.Strings("cutOff", imported.CutOff.Select(Text));
        json.Strings("imageArithmetic", imported.ImageArithmetic.Select(Text));
    }

    public void Write(CommandContext context, bool asJson)
    {
        if (asJson)
        {
            context.Output.WriteLine(ToJson());
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

    private static string Text(GraphNodeName node) => $"{node.Name} ({node.Operator})";
}
