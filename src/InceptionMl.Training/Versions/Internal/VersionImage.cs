using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Versions.Internal;

/// <summary>One image that a version was made from, a row of its <c>data.csv</c>.</summary>
/// <param name="Hash">Its content.</param>
/// <param name="Label">Its label.</param>
/// <param name="Part">The part it was used in.</param>
/// <param name="Path">The path of the file when the version was made.</param>
public sealed record VersionImage(ContentHash Hash, string Label, SplitPart Part, string Path);
