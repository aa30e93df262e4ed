namespace InceptionMl.Backbones.Download;

/// <summary>Which version of which file the bytes of a partial download are of.</summary>
internal sealed record PartialOrigin(string Address, string? ETag, DateTimeOffset? LastModified);
