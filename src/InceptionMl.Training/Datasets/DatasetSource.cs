namespace InceptionMl.Training.Datasets;

/// <summary>A folder or a manifest that makes up a dataset, alone or with others, and how it is read.</summary>
/// <param name="Path">The folder, or the CSV or TSV file.</param>
/// <param name="Part">The part that all its images belong to; null leaves that to its own layout.</param>
/// <example><code>
/// DatasetSource images = new("images.csv") { Columns = new ManifestColumns { Label = "species" } };
/// TrainResult result = await trainer.TrainAsync(images, "model.zip");
/// </code></example>
public sealed record DatasetSource(string Path, SplitPart? Part = null)
{
    /// <summary>Gets the names of a manifest's columns.</summary>
    /// <value>The default finds them by the usual names.</value>
    public ManifestColumns Columns { get; init; } = new();

    /// <summary>Gets which of the folders above an image names its label; a manifest names labels itself.</summary>
    /// <value>The default is null: <see cref="LabelFolder.Top"/>, and images that lie deeper are told in a warning.</value>
    public LabelFolder? LabelFrom { get; init; }

    /// <summary>Gets the source that a path alone names.</summary>
    /// <param name="path">The folder, or the CSV or TSV file.</param>
    public static implicit operator DatasetSource(string path) => FromString(path);

    /// <summary>Creates the source that a path alone names.</summary>
    /// <param name="path">The folder, or the CSV or TSV file.</param>
    public static DatasetSource FromString(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new DatasetSource(path);
    }
}
