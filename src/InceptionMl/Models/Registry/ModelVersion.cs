using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Models.Registry;

/// <summary>One version in a registry. What is published never changes; only <see cref="IsCurrent"/> does, with promotions.</summary>
public sealed record ModelVersion
{
    /// <summary>Gets its name: a number of 4 to 9 digits, counted up from <c>0001</c> and never given twice.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the folder that holds <c>model.zip</c>, <c>card.json</c>, <c>pipeline.json</c>, <c>data.csv</c> and, where one was made, <c>report.html</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the model zip, as a full path.</summary>
    public string ModelPath => Path.Combine(Folder, RegistryFolder.ModelFile);

    /// <summary>Gets a value that indicates whether it is the promoted one.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>Gets a value that indicates whether its model zip is there and opens; no other version can be promoted.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Gets the bytes of its files together.</summary>
    public required long Bytes { get; init; }

    /// <summary>Gets its model card: <c>card.json</c>, or the zip's own where that cannot be read; null if neither can.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>Gets how it was compared with the version that was promoted when it was made; null for the first one and where earlier versions of this library made it.</summary>
    public VersionComparison? Comparison { get; init; }

    /// <summary>Gets what is wrong with it, in a sentence; null if nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>Gets when the model was made, in UTC.</summary>
    public DateTimeOffset? Created => Card?.Created;

    /// <summary>Gets the class names, in the order of the head's outputs; empty if no card can be read.</summary>
    public IReadOnlyList<string> Classes => Card?.Classes ?? [];

    /// <summary>Gets the share of its test images that it labels right, from 0 to 1.</summary>
    public double? Accuracy => Test?.Accuracy;

    /// <summary>Gets the figures on its test images; null if the card has none.</summary>
    public ModelFigures? Test => Card?.Metrics?.Test;
}

/// <summary>One switch of the promoted version.</summary>
/// <param name="Version">The version promoted.</param>
/// <param name="From">The version promoted until then, or null.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="IsRollback">Whether it went back to a version promoted before.</param>
public sealed record Promotion(string Version, string? From, DateTimeOffset Time, string Reason, bool IsRollback);
