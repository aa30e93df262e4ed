namespace InceptionMl.Training.Evaluation.Comparison;

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
