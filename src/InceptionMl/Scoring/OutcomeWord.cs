namespace InceptionMl.Scoring;

/// <summary>Outcomes in the words of results in files.</summary>
internal static class OutcomeWord
{
    private const string Uncertain = "uncertain";

    public static string Of(ScoringOutcome outcome) => outcome == ScoringOutcome.Uncertain ? Uncertain : "accepted";

    /// <summary>The outcome that a word of <see cref="Of"/> tells.</summary>
    public static ScoringOutcome Parse(string? word) => word == Uncertain ? ScoringOutcome.Uncertain : ScoringOutcome.Accepted;
}
