using InceptionMl.Cli.Rendering;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli.Reports;

/// <summary>What an evaluation gave, for programs and for people.</summary>
internal static class EvaluationReport
{
    public static string ToJson(EvaluationResult result) => JsonLine.Write(json =>
    {
        ClassificationMetrics metrics = result.Metrics;
        json.WriteNumber("images", metrics.Images);
        json.Number("accuracy", metrics.Accuracy);
        json.Number("macroF1", metrics.MacroF1);
        json.Number("logLoss", metrics.LogLoss);
        json.Number("ece", metrics.Ece);
        json.Number("top5", metrics.Top5);
        json.Strings("labels", metrics.Labels);
        json.Array("confusion", metrics.Confusion, (writer, row) =>
        {
            writer.WriteStartArray();
            foreach (int count in row)
            {
                writer.WriteNumberValue(count);
            }

            writer.WriteEndArray();
        });
        json.Array("perClass", metrics.PerClass, (writer, of) =>
        {
            writer.WriteStartObject();
            writer.WriteString("label", of.Label);
            writer.Number("precision", of.Precision);
            writer.Number("recall", of.Recall);
            writer.Number("f1", of.F1);
            writer.WriteNumber("support", of.Support);
            writer.WriteEndObject();
        });
        RunMessages.ToJson(json, "unreadable", result.Unreadable);
        json.Strings("warnings", [.. result.Diagnostics.Select(diagnostic => diagnostic.Message), .. NeverGivenText.Create(result)]);
        RunMessages.ToJson(json, result.Diagnostics);
    });

    public static string NothingReadable(EvaluationResult result) => result.Unreadable.Count == 1
        ? "The only image cannot be read, so there is nothing to measure the model on: see above what is wrong with it."
        : FormattableString.Invariant(
            $"None of the {result.Unreadable.Count} images can be read, so there is nothing to measure the model on: see above what is wrong with each.");

    public static void Write(CommandContext context, EvaluationResult result)
    {
        ClassificationMetrics metrics = result.Metrics;
        context.Text.WriteLine(FormattableString.Invariant(
            $"{metrics.Images} images: {metrics.Accuracy:P1} right, {metrics.Top5:P1} among the first five, macro F1 {metrics.MacroF1:F3}, log loss {metrics.LogLoss:F3}, calibration error {metrics.Ece:F3}."));
        MetricsTable.Write(context, metrics);
    }
}
