using System.ComponentModel.DataAnnotations;
using InceptionMl.Images;

namespace InceptionMl.Batch;

/// <summary>How a batch's inputs are read. Every limit is held against what a file states of itself, before memory is taken for it.</summary>
public sealed class BatchOptions
{
    /// <summary>Gets or sets the column of a CSV, TSV or Parquet file that holds paths, relative ones to the file's folder.</summary>
    /// <value>The default is null: the one column called path, file, filename, image or image_path.</value>
    public string? PathColumn { get; set; }

    /// <summary>Gets or sets the column of a Parquet file that holds encoded images; a field of a structure is written <c>image.bytes</c>.</summary>
    /// <value>The default is null: the only binary column, in a file without a path column.</value>
    public string? BytesColumn { get; set; }

    /// <summary>Gets or sets the column of a CSV, TSV or Parquet file that is carried through to the results.</summary>
    /// <value>The default is null: none.</value>
    public string? IdColumn { get; set; }

    /// <summary>Gets or sets the limits that images in archives and tables are held against.</summary>
    /// <value>The default is 256 MiB a file.</value>
    [Required]
    public ImageLimits Limits { get; set; } = new();

    /// <summary>Gets or sets the most entries a zip archive may have.</summary>
    /// <value>The default is 1,000,000.</value>
    [Range(1L, long.MaxValue)]
    public long MaxArchiveEntries { get; set; } = 1_000_000;

    /// <summary>
    /// Gets or sets how many times its packed size an entry of more than a mebibyte may have. A bitmap of one color comes near what deflate can reach;
    /// what states more lies.
    /// </summary>
    /// <value>The default is 1,032, the most that deflate can reach.</value>
    [Range(1, int.MaxValue)]
    public int MaxCompressionRatio { get; set; } = 1032;

    /// <summary>
    /// Gets or sets the most bytes one column may have in one row group of a Parquet file, which is read at once. Unpacking it takes several times as
    /// much memory: 2.4 GB were measured for 480 MB.
    /// </summary>
    /// <value>The default is 536,870,912 (512 MiB).</value>
    [Range(1L, long.MaxValue)]
    public long MaxColumnBytes { get; set; } = 512L << 20;

    /// <summary>Gets or sets the most rows that a row group of a Parquet file may have.</summary>
    /// <value>The default is 4,194,304.</value>
    [Range(1, int.MaxValue)]
    public int MaxGroupRows { get; set; } = 1 << 22;

    /// <summary>Gets or sets how many bytes of images from archives and tables may wait to be scored; one image more than that is held.</summary>
    /// <value>The default is 134,217,728 (128 MiB).</value>
    [Range(1L, long.MaxValue)]
    public long MaxHeldBytes { get; set; } = 128L << 20;

    /// <summary>Gets or sets the longest line, and the longest field, that a CSV or TSV file may have, and the longest path or id of a Parquet file, in characters.</summary>
    /// <value>The default is 65,536.</value>
    [Range(1, int.MaxValue)]
    public int LongestLine { get; set; } = 65_536;

    /// <summary>Gets the sources that arguments are read by. The first that can read an argument does; the last reads whatever is left.</summary>
    /// <value>The default is CSV and TSV files, Parquet files, zip archives, and last files, folders and patterns of images.</value>
    public IList<IBatchSource> Sources { get; } = [new DelimitedTable(), new ParquetTable(), new ZipImages(), new ImageFiles()];

    internal IBatchSource SourceOf(string argument) => Sources.FirstOrDefault(source => source.CanRead(argument)) ?? new ImageFiles();

    internal bool IsNamedAsSource(string path) => Sources.Any(source => source.HasName(path));
}
