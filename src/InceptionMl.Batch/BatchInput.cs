using InceptionMl.Scoring;

namespace InceptionMl.Batch;

/// <summary>One image of a batch.</summary>
/// <param name="Image">The image, under the name that is reported: its path, <c>ARCHIVE.zip!/ENTRY</c> or <c>TABLE.parquet#ROW</c>.</param>
/// <param name="Id">What the table's id column says of it; null without such a column.</param>
/// <param name="HeldBytes">How many bytes of memory wait with it to be scored; 0 for a file, which is read when its turn comes.</param>
public sealed record BatchInput(ImageSource Image, string? Id = null, long HeldBytes = 0)
{
    /// <summary>Gets the name that is reported.</summary>
    public string Path => Image.Name;

    internal static BatchInput Unusable(string name, string error, string? id = null) => new(ImageSource.Unusable(name, error), id);

    internal static BatchInput InMemory(string name, ReadOnlyMemory<byte> bytes, string? id = null) => new(ImageSource.FromBytes(bytes, name), id, bytes.Length);
}
