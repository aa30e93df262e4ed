using System.Text.Json;
using InceptionMl.Cli.Console;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli.Reports;

/// <summary>What an evaluation gave, for programs and for people.</summary>
internal static class EvaluationReport
{
    // A matrix of more classes than that is megabytes of zeros.
    private const int MostClassesOfMatrix = 200;

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
        WriteConfusion(json, metrics);
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
        json.Strings("warnings", [.. result.Warnings, .. NeverGivenText.Of(metrics)]);
    });

    /// <summary>The matrix; of many classes the counts other than 0 instead, by true and predicted label.</summary>
    private static void WriteConfusion(Utf8JsonWriter json, ClassificationMetrics metrics)
    {
        if (metrics.Labels.Count <= MostClassesOfMatrix)
        {
            json.Array("confusion", metrics.Confusion, (writer, row) =>
            {
                writer.WriteStartArray();
                foreach (int count in row)
                {
                    writer.WriteNumberValue(count);
                }

                writer.WriteEndArray();
            });
            return;
        }

        json.WriteNull("confusion");
        IEnumerable<(int Truth, int Predicted, int Count)> counts = metrics.Confusion.SelectMany((row, truth) => row.Select((count, predicted) => (truth, predicted, count)));
        json.Array("confusions", counts.Where(of => of.Count > 0), (writer, of) =>
        {
            writer.WriteStartObject();
            writer.WriteString("label", metrics.Labels[of.Truth]);
            writer.WriteString("predicted", metrics.Labels[of.Predicted]);
            writer.WriteNumber("count", of.Count);
            writer.WriteEndObject();
        });
    }

    public static string NothingReadable(EvaluationResult result) => FormattableString.Invariant(
        $"None of the {result.Unreadable.Count} images can be read, so there is nothing to measure the model on: see above what is wrong with each.");

    public static void Write(CommandContext context, EvaluationResult result)
    {
        ClassificationMetrics metrics = result.Metrics;
        context.Text.WriteLine(FormattableString.Invariant(
            $"{metrics.Images} images: {metrics.Accuracy:P1} right, {metrics.Top5:P1} among the first five, macro F1 {metrics.MacroF1:F3}, log loss {metrics.LogLoss:F3}, calibration error {metrics.Ece:F3}."));
        MetricsTable.Write(context, metrics);
    }
}
