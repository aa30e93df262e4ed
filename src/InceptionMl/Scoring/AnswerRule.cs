using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Scoring;

/// <summary>How a network's probabilities become an answer: how many labels it holds, and when the model abstains.</summary>
internal sealed record AnswerRule(LabelIndex Labels, int? TopK, float? AbstainBelow, string? ModelVersion, Subject Subject)
{
    /// <exception cref="ModelFormatException">The best probability is no number: there is no answer.</exception>
    public ScoredImage Answer(float[] probabilities)
    {
        int best = Array.IndexOf(probabilities, probabilities.Max());
        if (!float.IsFinite(probabilities[best]))
        {
            throw Subject.Refuse("gives probabilities that are not numbers: train the model again or fetch a whole copy", ModelErrorReason.NetworkFailed);
        }

        LabelScores scores = new(Labels, probabilities);
        return new ScoredImage
        {
            Label = Labels.Names[best],
            Probability = probabilities[best],
            Outcome = probabilities[best] < AbstainBelow ? ScoringOutcome.Uncertain : ScoringOutcome.Accepted,
            Scores = TopK is { } count ? new OrderedDictionary<string, float>(scores.OrderByDescending(s => s.Value).Take(count), StringComparer.Ordinal) : scores,
            ModelVersion = ModelVersion,
        };
    }
}
