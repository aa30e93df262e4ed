namespace InceptionMl.Scoring;

/// <summary>What a model says of one image.</summary>
public sealed record ScoredImage
{
    /// <summary>The most probable label; of equals, the first in the order of the model's classes.</summary>
    public required string Label { get; init; }

    /// <summary>Its probability, 0 to 1.</summary>
    public required float Probability { get; init; }

    /// <summary>Every label's probability by its name, in the order of the model's classes; they sum to 1.</summary>
    public required IReadOnlyDictionary<string, float> Scores { get; init; }

    /// <summary>The most probable labels, best first.</summary>
    /// <param name="count">How many; at least 1.</param>
    public IReadOnlyList<KeyValuePair<string, float>> Top(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return [.. Scores.OrderByDescending(s => s.Value).Take(count)];
    }
}
