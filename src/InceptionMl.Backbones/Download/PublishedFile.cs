namespace InceptionMl.Backbones.Download;

/// <summary>A file as its publisher describes it.</summary>
/// <param name="FileName">Its name in the download folder; no two files there share one.</param>
/// <param name="Address">Where it is published.</param>
/// <param name="Bytes">Its size; null if it is not published.</param>
/// <param name="Checksum">Its checksum; null if none is published.</param>
public sealed record PublishedFile(string FileName, Uri Address, long? Bytes, PublishedChecksum? Checksum);
