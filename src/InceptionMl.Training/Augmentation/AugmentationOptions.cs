namespace InceptionMl.Training.Augmentation;

/// <summary>
/// Augmented copies of training images, which help where there are few images a class. A copy is decided by the image's content and the
/// copy's number alone. Only training images have them: what is validated, tested and scored is always the image as it is.
/// </summary>
public sealed record AugmentationOptions
{
    /// <summary>The largest <see cref="Copies"/>.</summary>
    public const int MaxCopies = 16;

    private readonly AugmentationKind kind;
    private readonly int copies = 4;

    /// <summary>Which copies.</summary>
    /// <value>The default is <see cref="AugmentationKind.None"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not a defined kind.</exception>
    public AugmentationKind Kind
    {
        get => kind;
        init => kind = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Kind), value, "The augmentation is none, flip or light.");
    }

    /// <summary>
    /// How many augmented copies <see cref="AugmentationKind.Light"/> adds to each training image, 1 to <see cref="MaxCopies"/>. Each costs
    /// an inference, a cache entry and a row of features in memory.
    /// </summary>
    /// <value>The default is 4.</value>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Copies
    {
        get => copies;
        init => copies = value is >= 1 and <= MaxCopies
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Copies), value, $"Copies is 1 to {MaxCopies}.");
    }

    /// <summary>Copies of each training image in all, the image as it is among them.</summary>
    public int CopiesPerImage => 1 + AugmentedCopies.Count;

    /// <summary>The copies besides the image as it is.</summary>
    internal IReadOnlyList<AugmentedCopy> AugmentedCopies => Kind switch
    {
        AugmentationKind.Flip => [AugmentedCopy.Mirror],
        AugmentationKind.Light => [.. Enumerable.Range(1, Copies).Select(AugmentedCopy.Light)],
        _ => [],
    };
}
