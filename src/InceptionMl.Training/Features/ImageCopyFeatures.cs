using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Features;

/// <summary>The outcome of one image of which several copies were asked for.</summary>
/// <param name="Index">Place of the image among the inputs.</param>
/// <param name="Hash">SHA-256 of the file's bytes; all zeros where the file could not be read.</param>
/// <param name="Vectors">The features of each copy, in the order asked for; null where there is a problem.</param>
/// <param name="Hits">Copies whose features were in the cache.</param>
/// <param name="Problem">What is wrong, as a fragment that follows the file's name; null where there are features.</param>
internal sealed record ImageCopyFeatures(int Index, ContentHash Hash, float[][]? Vectors, int Hits, string? Problem)
{
    /// <summary>Gets what the image as it is looks like.</summary>
    /// <value>Null if it was not asked for, or there is a problem.</value>
    public ImageFingerprint? Fingerprint { get; init; }
}
