using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>An image with what it is split by.</summary>
/// <param name="Sample">The image.</param>
/// <param name="Hash">The SHA-256 of its file.</param>
internal readonly record struct SplitItem(ImageSample Sample, ContentHash Hash);
