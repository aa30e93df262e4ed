using InceptionMl.Scoring;

namespace InceptionMl.Cli.Scores;

/// <summary>Outcomes in the words of results.</summary>
internal static class OutcomeWord
{
    private const string Uncertain = "uncertain";

    public static string Of(ScoringOutcome outcome) => outcome == ScoringOutcome.Uncertain ? Uncertain : "accepted";

    /// <summary>The outcome that a word of <see cref="Of"/> tells.</summary>
    public static ScoringOutcome Parse(string? word) => word == Uncertain ? ScoringOutcome.Uncertain : ScoringOutcome.Accepted;
}
