namespace InceptionMl.Batch;

/// <summary>What an argument of a batch stands for.</summary>
internal enum InputKind
{
    /// <summary>An image, a folder or a pattern.</summary>
    Images,

    /// <summary>A CSV or TSV file with a column of paths.</summary>
    Delimited,

    /// <summary>A Parquet file with a column of paths or of images.</summary>
    Parquet,

    /// <summary>A zip archive of images.</summary>
    Zip,
}
