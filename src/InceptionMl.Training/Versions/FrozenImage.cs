using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>An image that is tested with, and never trained on, whatever becomes of the folder it lies in.</summary>
/// <param name="Hash">Its content.</param>
/// <param name="Label">The label it was frozen with, or was given on purpose since.</param>
/// <param name="Since">The version it was first frozen for.</param>
internal sealed record FrozenImage(ContentHash Hash, string Label, string Since);
