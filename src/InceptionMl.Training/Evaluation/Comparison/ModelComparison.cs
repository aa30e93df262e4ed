using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>Two models on the same test images, those of classes that both know.</summary>
public sealed record ModelComparison
{
    /// <summary>The champion's figures.</summary>
    public required ClassificationMetrics Champion { get; init; }

    /// <summary>The challenger's figures, over the same images and labels.</summary>
    public required ClassificationMetrics Challenger { get; init; }

    /// <summary>The images on which the models give different labels, in the order of the test images.</summary>
    public required IReadOnlyList<PairedPrediction> Differences { get; init; }

    /// <summary>Gets the mean Brier score of the champion: the squared error of its probabilities, summed over the classes, 0 to 2.</summary>
    public double ChampionBrier { get; init; }

    /// <summary>Gets the mean Brier score of the challenger.</summary>
    public double ChallengerBrier { get; init; }

    /// <summary>Gets how much the Brier score rises from the champion to the challenger, image by image.</summary>
    public Difference BrierChange { get; init; } = new(0, 0);

    /// <summary>Gets the challenger's figures on the test images of classes that the champion does not know; null where there are none.</summary>
    public ClassificationMetrics? NewClasses { get; init; }

    /// <summary>Gets the best version ever promoted.</summary>
    /// <value>The default is null: it is the champion.</value>
    public string? BestVersion { get; init; }

    /// <summary>Gets the comparison with <see cref="BestVersion"/>, in which that is the champion.</summary>
    /// <value>The default is null: it is the champion.</value>
    public ModelComparison? Best { get; init; }

    /// <summary>Gets the loss of accuracy, 0 to 1, that a comparison of so many images would see four times in five.</summary>
    public double? SmallestVisibleLoss => Champion.Images == 0 ? null : Seen * Math.Sqrt(Disagreement / Champion.Images);

    /// <summary>Test images that neither figure counts, because the champion was fitted on them.</summary>
    /// <value>The default is 0.</value>
    public int LeftOut { get; init; }

    /// <summary>Images that only the champion has right.</summary>
    public int OnlyChampionRight => Differences.Count(pair => pair.ChampionIsRight);

    /// <summary>Images that only the challenger has right.</summary>
    public int OnlyChallengerRight => Differences.Count(pair => pair.ChallengerIsRight);

    /// <summary>The two-sided p-value of <see cref="McNemar"/>'s exact test.</summary>
    public double PValue => McNemar.PValue(OnlyChampionRight, OnlyChallengerRight);

    /// <summary>Gets how many test images it would take to see a loss of accuracy four times in five.</summary>
    /// <param name="loss">The loss, above 0, at most 1.</param>
    public int ImagesToSee(double loss) => (int)Math.Ceiling(Seen * Seen * Disagreement / (loss * loss));

    /// <summary>Gets what a registry keeps of the comparison.</summary>
    /// <param name="champion">The version of the champion.</param>
    internal VersionComparison ToStored(string champion) => new()
    {
        With = champion,
        Images = Champion.Images,
        Accuracy = Champion.Accuracy,
        AccuracyLow = Champion.AccuracyLow,
        AccuracyHigh = Champion.AccuracyHigh,
        OwnAccuracy = Challenger.Accuracy,
        OwnAccuracyLow = Challenger.AccuracyLow,
        OwnAccuracyHigh = Challenger.AccuracyHigh,
        BrierChange = BrierChange.Mean,
        BrierChangeLow = BrierChange.Low,
        BrierChangeHigh = BrierChange.High,
        Best = Best is null ? null : Best.ToStored(BestVersion!),
    };

    // Quantiles of the normal distribution: one-sided 95 %, and a power of 80 %.
    private const double Seen = Difference.Quantile + 0.842;

    // Where few images differ, the share of those that could is not known well.
    private double Disagreement => Math.Max(0.05, (double)(OnlyChampionRight + OnlyChallengerRight) / Champion.Images);

    /// <summary>A mean difference over images.</summary>
    /// <param name="Mean">The mean.</param>
    /// <param name="Error">Its standard error.</param>
    public sealed record Difference(double Mean, double Error)
    {
        internal const double Quantile = 1.645;

        /// <summary>Gets the bound that the true difference is above, 95 times in 100.</summary>
        public double Low => Mean - (Quantile * Error);

        /// <summary>Gets the bound that the true difference is below, 95 times in 100.</summary>
        public double High => Mean + (Quantile * Error);

        /// <summary>Returns the mean and the bounds.</summary>
        public override string ToString() => FormattableString.Invariant($"{Mean:+0.000;-0.000;0.000} ({Low:+0.000;-0.000;0.000} to {High:+0.000;-0.000;0.000})");
    }

    /// <summary>One test image as two models see it.</summary>
    /// <param name="Path">The image.</param>
    /// <param name="Label">Its true label.</param>
    /// <param name="Champion">The champion's label for it.</param>
    /// <param name="ChampionProbability">How sure the champion is, 0 to 1.</param>
    /// <param name="Challenger">The challenger's label for it.</param>
    /// <param name="ChallengerProbability">How sure the challenger is, 0 to 1.</param>
    public sealed record PairedPrediction(
        string Path, string Label, string Champion, double ChampionProbability, string Challenger, double ChallengerProbability)
    {
        /// <summary>Whether the champion has it right.</summary>
        public bool ChampionIsRight => Champion == Label;

        /// <summary>Whether the challenger has it right.</summary>
        public bool ChallengerIsRight => Challenger == Label;
    }
}
