namespace InceptionMl.Training.Augmentation;

/// <summary>
/// Further views of training images, which help where there are few images per class. A view is decided by the image's content and the
/// view's number alone. Only training images have them: what is validated, tested and scored is always the image as it is.
/// </summary>
public sealed record AugmentationOptions
{
    /// <summary>The largest <see cref="Views"/>.</summary>
    public const int MaxViews = 16;

    private readonly AugmentationKind kind;
    private readonly int views = 4;

    /// <summary>Gets which views.</summary>
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
    /// Gets how many further views <see cref="AugmentationKind.Light"/> adds to each training image, 1 to <see cref="MaxViews"/>. Each costs
    /// an inference, a cache entry and a row of features in memory.
    /// </summary>
    /// <value>The default is 4.</value>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Views
    {
        get => views;
        init => views = value is >= 1 and <= MaxViews
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Views), value, $"Views is 1 to {MaxViews}.");
    }

    /// <summary>Gets the number of views of each training image in all, the image as it is among them.</summary>
    public int ViewsPerImage => 1 + FurtherViews.Count;

    /// <summary>The views besides the image as it is.</summary>
    internal IReadOnlyList<AugmentedView> FurtherViews => Kind switch
    {
        AugmentationKind.Flip => [AugmentedView.Mirror],
        AugmentationKind.Light => [.. Enumerable.Range(1, Views).Select(AugmentedView.Light)],
        _ => [],
    };
}
