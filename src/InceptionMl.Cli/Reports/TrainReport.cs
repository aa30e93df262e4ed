using System.Globalization;
using InceptionMl.Cli.Rendering;
using InceptionMl.Cli.Verbs;
using InceptionMl.Training;

namespace InceptionMl.Cli.Reports;

/// <summary>What a training run gave, for programs and for people.</summary>
internal static class TrainReport
{
    /// <summary>The result for programs.</summary>
    /// <param name="result">What the run gave.</param>
    /// <param name="comparison">How it compares with the model that it replaced; null where it replaced none.</param>
    public static string ToJson(TrainResult result, ModelComparison? comparison) => JsonLine.Write(json =>
    {
        json.WriteString("model", result.ModelPath);
        json.WriteString("backbone", result.Backbone);
        json.Strings("classes", result.Classes);
        json.Object("images", images =>
        {
            images.WriteNumber("train", result.Images.Train);
            images.WriteNumber("validation", result.Images.Validation);
            images.WriteNumber("test", result.Images.Test);
            images.WriteNumber("unreadable", result.Images.Unreadable);
            images.WriteNumber("ignored", result.Images.Ignored);
        });
        json.Object("head", head =>
        {
            head.WriteString("trainer", result.Trainer);
            head.Number("l2", result.L2);
        });
        json.Object("validation", validation => validation.Number("accuracy", result.Validation.Accuracy));
        json.Object("test", test =>
        {
            test.Number("accuracy", result.Test.Accuracy);
            test.Number("macroF1", result.Test.MacroF1);
            test.Number("logLoss", result.Test.LogLoss);
            test.Number("ece", result.Test.Ece);
        });
        json.Object("seconds", seconds =>
        {
            seconds.Number("featurize", result.FeaturizeSeconds);
            seconds.Number("head", result.HeadSeconds);
            seconds.Number("total", result.TotalSeconds);
        });
        json.Object("cache", cache =>
        {
            cache.WriteNumber("hits", result.CacheHits);
            cache.WriteNumber("misses", result.CacheMisses);
        });
        if (comparison is not null)
        {
            json.Object("replaced", replaced =>
            {
                replaced.WriteString("comparison", comparison.Word);
                replaced.Number("accuracy", comparison.Accuracy);
                replaced.Number("logLoss", comparison.LogLoss);
                replaced.WriteString("reason", comparison.Reason);
            });
        }

        RunMessages.ToJson(json, "problems", result.Problems);
        json.Strings("warnings", [.. result.Diagnostics.Select(diagnostic => diagnostic.Message), .. NeverGivenText.Create(result)]);
        RunMessages.ToJson(json, result.Diagnostics);
    });

    public static void Write(CommandContext context, TrainResult result)
    {
        TextWriter output = context.Text;
        output.WriteLine(FormattableString.Invariant(
            $"{result.Classes.Count} classes; {result.Images.Train} images to train on, {result.Images.Validation} to validate, {result.Images.Test} to test, {result.Images.Unreadable} unreadable, {result.Images.Ignored} files ignored."));
        output.WriteLine(FormattableString.Invariant($"Backbone {result.Backbone}; head {result.Trainer}, L2 {result.L2:G3} by search."));
        SearchTable.Write(context.Console, result.Candidates);
        if (result.Validation.Images > 0)
        {
            output.WriteLine($"Validation: {Percent(result.Validation.Accuracy)} right, {result.ValidationNote}.");
        }

        if (result.Test.Images > 0)
        {
            output.WriteLine(FormattableString.Invariant(
                $"On the {result.Test.Images} test images: {Percent(result.Test.Accuracy)} right, macro F1 {result.Test.MacroF1:F3}, log loss {result.Test.LogLoss:F3}, calibration error {result.Test.Ece:F3}."));
            MetricsTable.Write(context, result.Test);
        }

        output.WriteLine(FormattableString.Invariant(
            $"{result.TotalSeconds:F1} s: features {result.FeaturizeSeconds:F1} s ({result.CacheHits} from the cache), head {result.HeadSeconds:F1} s."));
        output.WriteLine($"Model: {result.ModelPath} (what it is: {result.CardPath})");
    }

    private static string Percent(double? share) => share is double value ? value.ToString("P1", CultureInfo.InvariantCulture) : "none";
}
