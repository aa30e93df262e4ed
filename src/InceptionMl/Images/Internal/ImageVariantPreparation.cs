namespace InceptionMl.Images.Internal;

/// <summary>Prepares several variants of one image.</summary>
public static class ImageVariantPreparation
{
    /// <summary>Prepares variants; the image is decoded once for all variants that need the same share of its pixels.</summary>
    /// <param name="preparer">What prepares.</param>
    /// <param name="encoded">The whole encoded file; not copied where it lies in an array.</param>
    /// <param name="variants">The variants. What one gives does not depend on the others.</param>
    /// <param name="rgb">Room for one variant, written anew for each.</param>
    /// <param name="prepared">Called with a variant's place among <paramref name="variants"/> while <paramref name="rgb"/> holds it; in any order.</param>
    public static void PrepareVariants(
        this ImagePreparer preparer, ReadOnlyMemory<byte> encoded, IReadOnlyList<ImageVariant> variants, Span<byte> rgb, Action<int> prepared) =>
        preparer.Prepare(encoded, variants, rgb, prepared);
}
