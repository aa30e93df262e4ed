using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Features;

/// <summary>The outcome of one image: its features, or what is wrong with it.</summary>
/// <param name="Index">Place of the image among the inputs.</param>
/// <param name="Hash">SHA-256 of the file's bytes; all zeros where the file could not be read.</param>
/// <param name="Vector">The features; null if there is a problem.</param>
/// <param name="FromCache">True where the features were in the cache.</param>
/// <param name="Problem">What is wrong, as a fragment that follows the file's name; null if there are features.</param>
internal sealed record ImageFeatures(int Index, ContentHash Hash, float[]? Vector, bool FromCache, string? Problem)
{
    /// <summary>Gets what the image looks like.</summary>
    /// <value>Null if it was not asked for, or there is a problem.</value>
    public ImageFingerprint? Fingerprint { get; init; }
}
