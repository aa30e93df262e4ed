namespace InceptionMl.Batch;

/// <summary>One input to score.</summary>
/// <param name="Path">The path to report: the argument as given, or folder argument + '/' + the path below it.</param>
/// <param name="FullPath">The absolute path to read from; empty where the argument cannot be a path.</param>
/// <param name="Error">Why it cannot be read, where that is known already; else null.</param>
public sealed record ImageInput(string Path, string FullPath, string? Error = null);
