namespace InceptionMl.Batch.Internal;

/// <summary>What a walk found: an image to read, or a file or folder that is there in name only, with the reason.</summary>
public readonly record struct FoundFile(string Shown, string FullPath, string? Error = null, bool IsFolder = false);
