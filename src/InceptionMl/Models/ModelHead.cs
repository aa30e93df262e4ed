namespace InceptionMl.Models;

/// <summary>The head inside a model zip.</summary>
public sealed record ModelHead
{
    /// <summary>Gets the zip entry: safetensors with <c>weights</c> [classes, width] and <c>bias</c> [classes], float32.</summary>
    public required string Entry { get; init; }

    /// <summary>Gets what fitted it, <c>lbfgs</c> or <c>sdca</c>.</summary>
    public required string Trainer { get; init; }

    /// <summary>Gets the L2 penalty the search found, on standardized features and the mean log loss.</summary>
    public required double L2 { get; init; }

    /// <summary>Gets how classes were weighted, <c>none</c>, <c>weights</c> (every class alike) or <c>labels</c> (as the person said).</summary>
    public string? Balance { get; init; }

    /// <summary>Gets how much an image of a class counted, by class name; 1 for classes that are not named.</summary>
    public IReadOnlyDictionary<string, double>? ClassWeights { get; init; }
}
