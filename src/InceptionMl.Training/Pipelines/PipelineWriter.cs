using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training.Pipelines;

/// <summary>Writes a pipeline as a person would: every setting, a comment to each section.</summary>
internal sealed class PipelineWriter(string folder)
{
    private readonly StringBuilder text = new();

    public string Write(Pipeline pipeline)
    {
        text.Append("// A pipeline of InceptionMl. Paths are relative to this file.\n{\n");
        if (pipeline.Schema is { } schema)
        {
            Line("$schema", Quote(schema));
        }

        Line("formatVersion", Number(Pipeline.CurrentFormatVersion));
        Comment("Folders of images (a folder a label, or train/, validation/ and test/) and CSV or TSV manifests.");
        text.Append("  \"data\": [\n");
        foreach (PipelineSource source in pipeline.Sources)
        {
            string part = source.Part is { } given ? $", \"part\": {Lower(given)}" : string.Empty;
            string labelFrom = source.LabelFrom is { } folder ? $", \"labelFrom\": {Lower(folder)}" : string.Empty;
            text.Append("    { \"path\": ").Append(Quote(source.Path)).Append(part).Append(labelFrom).Append(Columns(source.Columns)).Append(" },\n");
        }

        text.Append("  ],\n");
        Split(pipeline.Split);
        Comment("A name, or the path of an ONNX file with its card beside it.");
        Backbone(pipeline.Backbone);
        Comment("crop or pad; null: as the backbone's card says.");
        Line("preprocessing", $"{{ \"resize\": {(pipeline.Resize is { } mode ? Lower(mode) : "null")} }}");
        Comment("Further views of training images: none, flip, or light with a number of views.");
        bool countsViews = pipeline.Augmentation.Kind == AugmentationKind.Light || pipeline.Augmentation.Views != new PipelineAugmentation().Views;
        string views = countsViews ? $", \"views\": {Number(pipeline.Augmentation.Views)}" : string.Empty;
        Line("augmentation", $"{{ \"kind\": {Lower(pipeline.Augmentation.Kind)}{views} }}");
        Heads(pipeline.Heads);
        Comment("none; weights: every class counts alike; or { \"label\": weight }.");
        Line("classWeights", ClassWeights(pipeline.ClassWeights));
        Acceptance(pipeline.Acceptance);
        Comment("Where versions of the model are kept, and features between runs (none: nowhere).");
        Line("registry", Quote(pipeline.Registry));
        Line("cache", pipeline.Cache is { } cache ? Quote(cache, plain: w => w == PipelineKeys.NoCache) : Quote(PipelineKeys.NoCache));
        Comment("It never moves an image between parts.");
        Line("seed", Number(pipeline.Seed));
        Line("reports", $"{{ \"html\": {(pipeline.Reports.Html ? "true" : "false")} }}");
        return text.Append("}\n").ToString();
    }

    private static string Columns(ManifestColumns columns)
    {
        (string Key, string? Name)[] all = [("path", columns.Path), ("label", columns.Label), ("part", columns.Part)];
        string named = string.Join(", ", all.Where(column => column.Name is not null).Select(column => $"\"{column.Key}\": {Quote(column.Name!)}"));
        return named.Length == 0 ? string.Empty : $", \"columns\": {{ {named} }}";
    }

    private void Split(PipelineSplit split)
    {
        Comment("Fractions drawn by content where no part is given; folds: 0, or 2 to 20 for cross-validation.");
        string group = split.GroupBy switch
        {
            null => "null",
            { Column: null } => Quote(PipelineKeys.ByFolder),
            { Column: string column } => $"{{ \"column\": {Quote(column)} }}",
        };
        string fractions = $"\"validation\": {Number(split.Validation)}, \"test\": {Number(split.Test)}";
        Line("split", $"{{ {fractions}, \"folds\": {Number(split.Folds)}, \"groupBy\": {group} }}");
    }

    private void Backbone(PipelineBackbone backbone)
    {
        string model = backbone.Path is { } path ? Quote(path, plain: w => !PipelineParser.IsPath(w)) : Quote(backbone.Name);
        if (backbone.Preprocessing is not { } preprocessing)
        {
            Line("backbone", $"{{ \"model\": {model} }}");
            return;
        }

        string size = $"\"width\": {Number(preprocessing.Width)}, \"height\": {Number(preprocessing.Height)}";
        string values = $"\"offset\": {List(preprocessing.Offset.Select(Number))}, \"scale\": {List(preprocessing.Scale.Select(Number))}";
        Block("backbone", $"\"model\": {model},", $"\"preprocessing\": {{ {size}, {values}, \"channels\": {Quote(preprocessing.Channels)} }},");
    }

    private void Heads(PipelineHeads heads)
    {
        Comment("Trainers that compete, and the strengths of the L2 penalty to search.");
        Block(
            "heads",
            $"\"try\": {List(heads.Try.Select(Lower))},",
            $"\"l2\": {List(heads.L2.Select(Number))},",
            $"\"timeBudgetSeconds\": {OrNull(heads.TimeBudgetSeconds)},");
    }

    private void Acceptance(AcceptanceRules acceptance)
    {
        Comment("When a new model replaces the champion; null switches a rule off.");
        Block(
            "acceptance",
            $"\"significance\": {OrNull(acceptance.Significance)}, // of McNemar's exact test",
            $"\"maxRecallLoss\": {OrNull(acceptance.MaxRecallLoss)}, // of a class with at least",
            $"\"minTestImages\": {Number(acceptance.MinTestImages)},",
            $"\"maxEceIncrease\": {OrNull(acceptance.MaxEceIncrease)},");
    }

    private static string ClassWeights(PipelineClassWeights weights) => weights is { Balanced: true, ByLabel.Count: > 0 }
        ? throw new PipelineException("Class weights either count every class alike or are given by label: a file cannot say both.")
        : weights.ByLabel.Count > 0 ? "{ " + string.Join(", ", weights.ByLabel.Select(w => $"{Quote(w.Label)}: {Number(w.Weight)}")) + " }"
        : Quote(weights.Balanced ? "weights" : "none");

    private void Block(string key, params ReadOnlySpan<string> lines)
    {
        text.Append("  \"").Append(key).Append("\": {\n");
        foreach (string line in lines)
        {
            text.Append("    ").Append(line).Append('\n');
        }

        text.Append("  },\n");
    }

    private void Comment(string comment) => text.Append("\n  // ").Append(comment).Append('\n');

    private void Line(string key, string json) => text.Append("  \"").Append(key).Append("\": ").Append(json).Append(",\n");

    // A folder of the same name as a word that means something else is told from it by its ./
    private string Quote(PipelinePath path, Predicate<string>? plain = null)
    {
        string written = path.From(folder).Written;
        return Quote(plain?.Invoke(written) == true ? "./" + written : written);
    }

    private static string Quote(string value) => $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Lower<TEnum>(TEnum value)
        where TEnum : struct, Enum => Quote(value.ToString().ToLowerInvariant());

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static string OrNull(double? number) => number is { } value ? Number(value) : "null";

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
