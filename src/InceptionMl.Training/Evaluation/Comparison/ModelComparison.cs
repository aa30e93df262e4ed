namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>Two models on the same test images.</summary>
public sealed record ModelComparison
{
    /// <summary>The champion's figures.</summary>
    public required ClassificationMetrics Champion { get; init; }

    /// <summary>The challenger's figures, over the same images and labels.</summary>
    public required ClassificationMetrics Challenger { get; init; }

    /// <summary>The images on which the models give different labels, in the order of the test images.</summary>
    public required IReadOnlyList<PairedPrediction> Differences { get; init; }

    /// <summary>Test images that neither figure counts, because the champion was fitted on them.</summary>
    /// <value>The default is 0.</value>
    public int LeftOut { get; init; }

    /// <summary>Images that only the champion has right.</summary>
    public int OnlyChampionRight => Differences.Count(pair => pair.ChampionIsRight);

    /// <summary>Images that only the challenger has right.</summary>
    public int OnlyChallengerRight => Differences.Count(pair => pair.ChallengerIsRight);

    /// <summary>The two-sided p-value of <see cref="McNemar"/>'s exact test.</summary>
    public double PValue => McNemar.PValue(OnlyChampionRight, OnlyChallengerRight);

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
