namespace InceptionMl.Images.Internal;

/// <summary>Prepares several views of one image.</summary>
public static class ImageViewPreparation
{
    /// <summary>Prepares views; the image is decoded once for all views that need the same share of its pixels.</summary>
    /// <param name="preparer">What prepares.</param>
    /// <param name="encoded">The whole encoded file; not copied where it lies in an array.</param>
    /// <param name="views">The views. What one gives does not depend on the others.</param>
    /// <param name="rgb">A buffer of one view, written anew for each.</param>
    /// <param name="prepared">Called with a view's place among <paramref name="views"/> while <paramref name="rgb"/> holds it; in any order.</param>
    public static void PrepareViews(
        this ImagePreparer preparer, ReadOnlyMemory<byte> encoded, IReadOnlyList<ImageView> views, Span<byte> rgb, Action<int> prepared) =>
        preparer.Prepare(encoded, views, rgb, prepared);
}
