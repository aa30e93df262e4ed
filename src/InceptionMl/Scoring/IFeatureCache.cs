namespace InceptionMl.Scoring;

/// <summary>
/// Keeps the features of images, so that the network need not run for an image that it has seen. It is called from many threads at once, and
/// throws nothing: what cannot be read is a miss, and what cannot be kept is lost.
/// </summary>
public interface IFeatureCache
{
    /// <summary>Finds the features of an image.</summary>
    /// <param name="space">All that decides the features besides the image: network, preprocessing and runtime.</param>
    /// <param name="image">The SHA-256 of the image's bytes.</param>
    /// <param name="features">A buffer of as many values as the network gives.</param>
    /// <returns><see langword="false"/> where there are none of that width; the buffer's values are then of no use.</returns>
    public bool TryGet(string space, ReadOnlySpan<byte> image, Span<float> features);

    /// <summary>Keeps the features of an image.</summary>
    /// <param name="space">All that decides the features besides the image.</param>
    /// <param name="image">The SHA-256 of the image's bytes.</param>
    /// <param name="features">The features.</param>
    public void Put(string space, ReadOnlySpan<byte> image, ReadOnlySpan<float> features);
}
