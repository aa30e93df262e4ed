namespace InceptionMl.Models;

/// <summary>The images a model was made from.</summary>
public sealed record ModelData
{
    /// <summary>SHA-256 over every image's content hash, label and part; independent of names and places of files.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Fraction drawn for validation where it was not given.</summary>
    public required double ValidationFraction { get; init; }

    /// <summary>Fraction drawn for test where it was not given.</summary>
    public required double TestFraction { get; init; }

    /// <summary>Images by part: train, validation, test, unreadable.</summary>
    public required IReadOnlyDictionary<string, int> Images { get; init; }

    /// <summary>Readable images by class name.</summary>
    public required IReadOnlyDictionary<string, int> Classes { get; init; }
}
