namespace InceptionMl.Models;

/// <summary>The images a model was made from.</summary>
public sealed record ModelData
{
    /// <summary>Gets the SHA-256 over every image's content hash, label and part; independent of names and places of files.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the fraction drawn for validation where it was not given.</summary>
    public required double ValidationFraction { get; init; }

    /// <summary>Gets the fraction drawn for test where it was not given.</summary>
    public required double TestFraction { get; init; }

    /// <summary>Gets the images by part: train, validation, test, unreadable.</summary>
    public required IReadOnlyDictionary<string, int> Images { get; init; }

    /// <summary>Gets the readable images by class name.</summary>
    public required IReadOnlyDictionary<string, int> Classes { get; init; }

    /// <summary>Gets which folder above an image named its label, <c>top</c> or <c>parent</c>.</summary>
    /// <value>The default is null: it was not said, which is the top one.</value>
    public string? LabelFrom { get; init; }

    /// <summary>Gets the column of the manifest that held the paths.</summary>
    /// <value>The default is null: it was found by its usual name, or there was no manifest.</value>
    public string? PathColumn { get; init; }

    /// <summary>Gets the column of the manifest that held the labels.</summary>
    /// <value>The default is null: it was found by its usual name, or there was no manifest.</value>
    public string? LabelColumn { get; init; }

    /// <summary>Gets the column of the manifest that held the parts.</summary>
    /// <value>The default is null: it was found by its usual name, or there was none.</value>
    public string? PartColumn { get; init; }
}
