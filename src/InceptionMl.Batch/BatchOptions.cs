using InceptionMl.Images;

namespace InceptionMl.Batch;

/// <summary>How a batch's inputs are read. Every limit is held against what a file states of itself, before memory is taken for it.</summary>
public sealed record BatchOptions
{
    /// <summary>Gets the column of a CSV, TSV or Parquet file that holds paths, relative ones to the file's folder.</summary>
    /// <value>The default is null: the one column called path, file, filename, image or image_path.</value>
    public string? PathColumn { get; init; }

    /// <summary>Gets the column of a Parquet file that holds encoded images; a field of a structure is written <c>image.bytes</c>.</summary>
    /// <value>The default is null: the only binary column, in a file without a path column.</value>
    public string? BytesColumn { get; init; }

    /// <summary>Gets the column of a CSV, TSV or Parquet file that is carried through to the results.</summary>
    /// <value>The default is null: none.</value>
    public string? IdColumn { get; init; }

    /// <summary>Gets the limits that images in archives and tables are held against.</summary>
    /// <value>The default is 256 MiB a file.</value>
    public ImageLimits Limits { get; init; } = new();

    /// <summary>Gets the most entries a zip archive may have.</summary>
    /// <value>The default is 1,000,000.</value>
    public long MaxArchiveEntries { get; init; } = 1_000_000;

    /// <summary>
    /// Gets how many times its packed size an entry of more than a mebibyte may have. A bitmap of one color comes near what deflate can reach;
    /// what states more lies.
    /// </summary>
    /// <value>The default is 1,032, the most that deflate can reach.</value>
    public int MaxCompressionRatio { get; init; } = 1032;

    /// <summary>
    /// Gets the most bytes one column may have in one row group of a Parquet file, which is read at once. Unpacking it takes several times as
    /// much memory: 2.4 GB were measured for 480 MB.
    /// </summary>
    /// <value>The default is 536,870,912 (512 MiB).</value>
    public long MaxColumnBytes { get; init; } = 512L << 20;

    /// <summary>Gets the most rows that a row group of a Parquet file may have.</summary>
    /// <value>The default is 4,194,304.</value>
    public int MaxGroupRows { get; init; } = 1 << 22;

    /// <summary>Gets how many bytes of images from archives and tables may wait to be scored; one image more than that is held.</summary>
    /// <value>The default is 134,217,728 (128 MiB).</value>
    public long MaxHeldBytes { get; init; } = 128L << 20;

    /// <summary>Gets the longest line, and the longest field, that a CSV or TSV file may have, and the longest path or id of a Parquet file, in characters.</summary>
    /// <value>The default is 65,536.</value>
    public int LongestLine { get; init; } = 65_536;
}
