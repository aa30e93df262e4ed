using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Statistics;

namespace InceptionMl.Training;

/// <summary>Tells where the validation figures and the test figures differ by more than chance allows, and what is likely behind it.</summary>
internal static class AccuracyGap
{
    private const double Significant = 0.01;

    /// <summary>Looks at both accuracies; null where chance explains the difference.</summary>
    /// <param name="data">The images in their parts.</param>
    /// <param name="validation">The figures on images that chose the head.</param>
    /// <param name="byFolds">Whether those are training and validation images, each judged out of fold.</param>
    /// <param name="test">The figures on the test images.</param>
    public static Diagnostic? Diagnose(TrainingData data, ClassificationMetrics validation, bool byFolds, ClassificationMetrics test)
    {
        double p = FisherExact.PValue(validation.Right, validation.Images, test.Right, test.Images);
        return validation.Images == 0 || test.Images == 0 || p >= Significant ? null : Diagnostic.Warning(DiagnosticIds.AccuracyGap, FormattableString.Invariant(
            $"{100 * validation.Accuracy:F1} % of {validation.Images} images are right {(byFolds ? "by cross-validation" : "in validation")} but {100 * test.Accuracy:F1} % of the {test.Images} test images, which chance does not explain (p = {p:G1}). {Cause(data, isWorseInTest: test.Accuracy < validation.Accuracy)}"));
    }

    private static string Cause(TrainingData data, bool isWorseInTest) => (data.TestIsGiven, isWorseInTest) switch
    {
        (true, true) => "The test images were given: they may come from another source than the others, or the others may be series of like images; then the test figures are nearer to what new images will give.",
        (true, false) => "The test images were given: they may be easier than the others, or like images may be among those that were trained on; the lower figure is the safer one.",
        (false, true) => "The others may be series of like images, such as one object or one day each: set \"groupBy\" in \"split\" to keep a series in one part.",
        (false, false) => "Like images may be in test and among those that were trained on, such as those of one object or one day: set \"groupBy\" in \"split\" to keep a series in one part.",
    };
}
