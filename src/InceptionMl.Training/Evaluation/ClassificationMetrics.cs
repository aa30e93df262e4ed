using InceptionMl.Models;

namespace InceptionMl.Training.Evaluation;

/// <summary>How good a classifier is on labeled images. Figures that no image supports are null.</summary>
public sealed record ClassificationMetrics
{
    /// <summary>Probability below which a true label's log loss is no longer counted as worse.</summary>
    public const double LogLossFloor = 1e-15;

    /// <summary>Bins of equal width over the top probability for the calibration error.</summary>
    public const int CalibrationBins = 15;

    /// <summary>Gets the figures of no image.</summary>
    /// <param name="labels">The labels.</param>
    internal static ClassificationMetrics None(IReadOnlyList<string> labels) => new MetricsAccumulator(labels).ToMetrics();

    /// <summary>Gets the number of images scored.</summary>
    public required int Images { get; init; }

    /// <summary>Gets the share whose most probable label is the true one.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>Gets the lower end of the 95 % interval of <see cref="Accuracy"/> (Wilson 1927).</summary>
    public double? AccuracyLow => WilsonInterval.Low(Right, Images);

    /// <summary>Gets the upper end of the 95 % interval of <see cref="Accuracy"/> (Wilson 1927).</summary>
    public double? AccuracyHigh => WilsonInterval.High(Right, Images);

    /// <summary>Gets the mean of F1 over the classes that occur, as true or as predicted label.</summary>
    public required double? MacroF1 { get; init; }

    /// <summary>Gets the mean of -ln(probability of the true label), natural logarithm, probabilities at least 1e-15.</summary>
    public required double? LogLoss { get; init; }

    /// <summary>Gets the expected calibration error (Guo et al. 2017), 15 bins of equal width over the top probability.</summary>
    public required double? Ece { get; init; }

    /// <summary>Gets <see cref="Ece"/> with its interval and what chance alone would give.</summary>
    /// <value>Null without images.</value>
    public CalibrationError? Confidence { get; init; }

    /// <summary>Gets the mean calibration error of the classes, each over its own probabilities (Kull et al. 2019).</summary>
    /// <value>Null without images, and where there are more than 200 classes.</value>
    public CalibrationError? Classwise { get; init; }

    /// <summary>Gets the share whose true label is among the five most probable.</summary>
    public required double? Top5 { get; init; }

    /// <summary>Gets the label names: the order of the confusion matrix's rows and columns.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Gets the images by true label (rows) and predicted label (columns).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Gets the figures by class, in the order of <see cref="Labels"/>.</summary>
    public required IReadOnlyList<ClassMetrics> PerClass { get; init; }

    /// <summary>Gets the classes that have images here of which no image, their own or another, was given the label.</summary>
    public IReadOnlyList<string> NeverGiven => [.. PerClass.Where(of => of is { Support: > 0, Precision: null }).Select(of => of.Label)];

    internal int Right => PerClass.Sum(of => of.Right);

    /// <summary>Gets the log loss of one image.</summary>
    /// <param name="probability">The probability of its true label, 0 to 1.</param>
    internal static double LogLossOf(double probability) => -Math.Log(Math.Max(probability, LogLossFloor));

    /// <summary>Returns the figures that a model card holds.</summary>
    public ModelFigures ToFigures() => new() { Accuracy = Accuracy, MacroF1 = MacroF1, LogLoss = LogLoss, Ece = Ece, EceByChance = Confidence?.ByChance, ClasswiseEce = Classwise?.Ece, ClasswiseEceByChance = Classwise?.ByChance };

    /// <summary>A calibration error, which is above zero for any model: with few images chance gives much of it.</summary>
    /// <param name="Ece">The error, 0 to 1.</param>
    /// <param name="Low">The lower end of its 95 % interval, by resampling the images.</param>
    /// <param name="High">The upper end.</param>
    /// <param name="ByChance">The mean error if the labels followed the probabilities.</param>
    public sealed record CalibrationError(double Ece, double Low, double High, double ByChance);

    /// <summary>Figures of one class.</summary>
    /// <param name="Label">The class name.</param>
    /// <param name="Precision">Of the images called so, the share that are; null if none was called so.</param>
    /// <param name="Recall">Of the images that are, the share called so; null if there is none.</param>
    /// <param name="F1">Harmonic mean of both, 2 TP / (2 TP + FP + FN); null if the class occurs on neither side.</param>
    /// <param name="Support">Images whose true label it is.</param>
    public sealed record ClassMetrics(string Label, double? Precision, double? Recall, double? F1, int Support)
    {
        /// <summary>Gets the lower end of the 95 % interval of <see cref="Recall"/> (Wilson 1927).</summary>
        public double? RecallLow => WilsonInterval.Low(Right, Support);

        /// <summary>Gets the upper end of the 95 % interval of <see cref="Recall"/> (Wilson 1927).</summary>
        public double? RecallHigh => WilsonInterval.High(Right, Support);

        internal int Right => (int)Math.Round((Recall ?? 0) * Support);
    }
}
