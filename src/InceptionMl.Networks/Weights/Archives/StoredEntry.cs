namespace InceptionMl.Networks.Weights.Archives;

/// <summary>A file inside an archive whose bytes lie there as they are.</summary>
/// <param name="Name">Its path in the archive, with slashes.</param>
/// <param name="Offset">Where its first byte lies in the archive.</param>
/// <param name="Length">Its bytes; they all lie inside the archive.</param>
internal sealed record StoredEntry(string Name, long Offset, long Length);
