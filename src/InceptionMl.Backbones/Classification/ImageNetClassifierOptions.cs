using InceptionMl.Images;

namespace InceptionMl.Backbones.Classification;

/// <summary>Settings of an <see cref="ImageNetClassifier"/>.</summary>
public sealed record ImageNetClassifierOptions
{
    private readonly int top = 5;
    private readonly int workers;

    /// <summary>Gets how many classes an image is given, the most probable ones; 1 or more. There are never more than the classifier has.</summary>
    /// <value>The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Top
    {
        get => top;
        init => top = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Top), value, "Top is 1 or more.");
    }

    /// <summary>Gets how many images a batch works on at once; 0 or more.</summary>
    /// <value>The default is 0: one per processor.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int Workers
    {
        get => workers;
        init => workers = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Workers), value, "Workers is 0 or more.");
    }

    /// <summary>Gets the limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    public ImageLimits Limits { get; init; } = new();
}
