using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Scoring;

/// <summary>How a network's probabilities become an answer: how many labels it holds, and when the model abstains.</summary>
internal sealed record AnswerRule(LabelIndex Labels, int? TopK, float? AbstainBelow, string? ModelVersion, Subject Subject, float? UnknownAbove = null)
{
    /// <summary>Gets what sets of labels follow from, and the limit of each; null where none are wanted.</summary>
    public (ConformalScores Scores, float[] Limits)? Sets { get; init; }

    /// <param name="probabilities">The probability of each label.</param>
    /// <param name="distance">How far the image is from the training images.</param>
    /// <exception cref="ModelFormatException">The best probability is no number: there is no answer.</exception>
    public ScoredImage Answer(float[] probabilities, float distance = 0)
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
            Outcome = distance > UnknownAbove ? ScoringOutcome.Unknown : probabilities[best] < AbstainBelow ? ScoringOutcome.Uncertain : ScoringOutcome.Accepted,
            Set = Sets is { } sets ? [.. sets.Scores.Set(probabilities, sets.Limits).Select(place => Labels.Names[place])] : null,
            Scores = TopK is { } count ? new OrderedDictionary<string, float>(scores.OrderByDescending(s => s.Value).Take(count), StringComparer.Ordinal) : scores,
            ModelVersion = ModelVersion,
        };
    }
}
