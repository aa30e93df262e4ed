using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Models.Registry;

/// <summary>One version in a registry. What is published never changes; only <see cref="IsCurrent"/> does, with promotions.</summary>
public sealed record ModelVersion
{
    /// <summary>Its name: a number of 4 to 9 digits, counted up from <c>0001</c> and never given twice.</summary>
    public required string Version { get; init; }

    /// <summary>The folder that holds <c>model.zip</c>, <c>card.json</c>, <c>pipeline.json</c>, <c>data.csv</c> and, where one was made, <c>report.html</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>The model zip, as a full path.</summary>
    public string ModelPath => Path.Combine(Folder, RegistryFolder.ModelFile);

    /// <summary>Whether it is the promoted one.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>Whether its model zip is there and opens; no other version can be promoted.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Bytes of its files together.</summary>
    public required long Bytes { get; init; }

    /// <summary>Its model card: <c>card.json</c>, or the zip's own where that cannot be read; null where neither can.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>What is wrong with it, in a sentence; null where nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>When the model was made, in UTC.</summary>
    public DateTimeOffset? Created => Card?.Created;

    /// <summary>The class names, in the order of the head's outputs; empty where no card can be read.</summary>
    public IReadOnlyList<string> Classes => Card?.Classes ?? [];

    /// <summary>The share of its test images that it labels right, from 0 to 1.</summary>
    public double? Accuracy => TestFigure("accuracy");

    /// <summary>A figure on its test images: <c>accuracy</c>, <c>macroF1</c>, <c>logLoss</c> or <c>ece</c>; null where the card has none.</summary>
    public double? TestFigure(string name) => Card?.Metrics?.Test is { } test && test.TryGetValue(name, out double? value) ? value : null;
}
