using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training.Pipelines;

/// <summary>Writes a pipeline as a person would: every setting, a comment to each section.</summary>
internal sealed class PipelineWriter(string folder)
{
    private readonly StringBuilder text = new();

    public string Write(Pipeline pipeline)
    {
        text.Append("// ").Append("A pipeline of InceptionMl. Paths are relative to this file.\n{\n");
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
            text.Append("    { \"path\": ").Append(Quote(source.Path)).Append(part).Append(" },\n");
        }

        text.Append("  ],\n");
        Split(pipeline.Split);
        Comment("A name, or the path of an ONNX file with its card beside it.");
        Backbone(pipeline.Backbone);
        Comment("crop or pad; null: as the backbone's card says.");
        Line("preprocessing", $"{{ \"resize\": {(pipeline.Resize is { } mode ? Lower(mode) : "null")} }}");
        Comment("Further views of training images: none, flip, or light with a number of views.");
        string views = pipeline.Augmentation.Kind == AugmentationKind.Light ? $", \"views\": {Number(pipeline.Augmentation.Views)}" : string.Empty;
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

    private void Split(PipelineSplit split)
    {
        Comment("Fractions drawn by content where no part is given; folds: 0, or 2 to 20 for cross-validation.");
        string group = split.GroupBy switch
        {
            null => "null",
            { Column: null } => Quote(PipelineKeys.ByFolder),
            { Column: string column } => $"{{ \"column\": {Quote(column)} }}",
        };
        Line("split", $"{{ \"validation\": {Number(split.Validation)}, \"test\": {Number(split.Test)}, \"folds\": {Number(split.Folds)}, \"groupBy\": {group} }}");
    }

    private void Backbone(PipelineBackbone backbone)
    {
        string model = backbone.Path is { } path ? Quote(path, plain: w => !PipelineParser.IsPath(w)) : Quote(backbone.Name);
        if (backbone.Feeding is not { } feeding)
        {
            Line("backbone", $"{{ \"model\": {model} }}");
            return;
        }

        text.Append("  \"backbone\": {\n    \"model\": ").Append(model).Append(",\n    \"feeding\": { \"width\": ").Append(Number(feeding.Width))
            .Append(", \"height\": ").Append(Number(feeding.Height)).Append(", \"offset\": ").Append(List(feeding.Offset.Select(Number)))
            .Append(", \"scale\": ").Append(List(feeding.Scale.Select(Number))).Append(", \"channels\": ").Append(Quote(feeding.Channels)).Append(" },\n  },\n");
    }

    private void Heads(PipelineHeads heads)
    {
        Comment("Trainers that compete, and the strengths of the L2 penalty to search.");
        text.Append("  \"heads\": {\n    \"try\": ").Append(List(heads.Try.Select(Lower))).Append(",\n    \"l2\": ").Append(List(heads.L2.Select(Number)))
            .Append(",\n    \"timeBudgetSeconds\": ").Append(OrNull(heads.TimeBudgetSeconds)).Append(",\n  },\n");
    }

    private void Acceptance(PipelineAcceptance acceptance)
    {
        Comment("When a new model replaces the champion; null switches a rule off.");
        text.Append("  \"acceptance\": {\n    \"significance\": ").Append(OrNull(acceptance.Significance)).Append(", // of McNemar's exact test\n    \"maxRecallLoss\": ")
            .Append(OrNull(acceptance.MaxRecallLoss)).Append(", // of a class with at least\n    \"minTestImages\": ").Append(Number(acceptance.MinTestImages))
            .Append(",\n    \"maxEceIncrease\": ").Append(OrNull(acceptance.MaxEceIncrease)).Append(",\n  },\n");
    }

    private static string ClassWeights(PipelineClassWeights weights) => weights.ByLabel.Count > 0
        ? "{ " + string.Join(", ", weights.ByLabel.Select(w => $"{Quote(w.Label)}: {Number(w.Weight)}")) + " }"
        : Quote(weights.Balanced ? "weights" : "none");

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
