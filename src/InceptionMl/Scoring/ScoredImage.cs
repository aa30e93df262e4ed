using InceptionMl.Models;

namespace InceptionMl.Scoring;

/// <summary>What a model says of one image.</summary>
public sealed record ScoredImage
{
    /// <summary>Gets the most probable label; of equals, the first in the order of the model's classes.</summary>
    public required string Label { get; init; }

    /// <summary>Gets its probability, 0 to 1.</summary>
    public required float Probability { get; init; }

    /// <summary>Gets a value that indicates whether the model stands by the label; see <see cref="ImageScorerOptions.AbstainBelow"/> and <see cref="ModelCard.Unknown"/>.</summary>
    /// <value>The default is <see cref="ScoringOutcome.Accepted"/>.</value>
    public ScoringOutcome Outcome { get; init; }

    /// <summary>
    /// Gets the labels that may be the true one, the most probable first: of many images like those of the training, the wanted share have theirs among them.
    /// See <see cref="ImageScorerOptions.Coverage"/>.
    /// </summary>
    /// <value>The default is null: no set is wanted.</value>
    public IReadOnlyList<string>? Set { get; init; }

    /// <summary>
    /// Gets every label's probability by its name, in the order of the model's classes; they sum to 1. With
    /// <see cref="ImageScorerOptions.TopK"/> only so many, the most probable first.
    /// </summary>
    public required IReadOnlyDictionary<string, float> Scores { get; init; }

    /// <summary>Gets the version of the model that said so; see <see cref="ImageScorer.ModelVersion"/>.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>The most probable labels, best first; of equals, the first in the order of the model's classes.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public IReadOnlyList<KeyValuePair<string, float>> Top(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return [.. Scores.OrderByDescending(s => s.Value).Take(count)];
    }
}
