namespace InceptionMl.Backbones.Download;

/// <summary>How far a download is.</summary>
/// <param name="Bytes">Bytes on the disk, those of earlier tries and runs included.</param>
/// <param name="Total">Bytes of the whole file; null while nobody has said.</param>
/// <param name="Attempt">The try that is running, from 1.</param>
public readonly record struct DownloadProgress(long Bytes, long? Total, int Attempt);
