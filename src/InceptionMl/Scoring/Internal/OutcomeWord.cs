namespace InceptionMl.Scoring.Internal;

/// <summary>Outcomes in the words of results in files.</summary>
public static class OutcomeWord
{
    private const string Uncertain = "uncertain";

    public static string Format(ScoringOutcome outcome) => outcome == ScoringOutcome.Uncertain ? Uncertain : "accepted";

    /// <summary>The outcome that a word of <see cref="Format"/> tells.</summary>
    public static ScoringOutcome Parse(string? word) => word == Uncertain ? ScoringOutcome.Uncertain : ScoringOutcome.Accepted;
}
