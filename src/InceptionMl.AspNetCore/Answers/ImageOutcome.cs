using InceptionMl.Scoring;

namespace InceptionMl.AspNetCore.Answers;

/// <summary>Outcomes in the words of the answer.</summary>
internal static class ImageOutcome
{
    public static string Word(ScoringOutcome outcome) => outcome switch
    {
        ScoringOutcome.Accepted => "accepted",
        ScoringOutcome.Uncertain => "uncertain",
        _ => "unknown",
    };
}
