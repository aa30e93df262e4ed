namespace InceptionMl.Training.Datasets;

/// <summary>How a dataset is laid out on disk.</summary>
internal enum DatasetLayout
{
    /// <summary>One folder per label.</summary>
    Folders,

    /// <summary>train/, val/ and test/, each with one folder per label.</summary>
    Parts,

    /// <summary>A CSV or TSV file that names paths and labels.</summary>
    Manifest,
}
