namespace InceptionMl.Training.Datasets;

/// <summary>How an <see cref="ImageDataset"/> is read.</summary>
internal sealed class DatasetOptions
{
    /// <summary>
    /// Gets or sets whether the dataset must be fit to train on: two classes or more, two images or more in each, every class in train/. Without
    /// it (to evaluate a model, to write features) such shortcomings pass, and label folders without images are only warned about.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ForTraining { get; set; } = true;

    /// <summary>Gets or sets whether a folder that holds images and no folder is read as images without a label, each with the empty label.</summary>
    /// <value>The default is <see langword="false"/>: such a folder is refused.</value>
    public bool AllowUnlabeled { get; set; }

    /// <summary>Gets or sets whether symbolic links below a folder are followed; either way they are mentioned in the warnings.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool FollowLinks { get; set; } = true;

    /// <summary>Gets or sets the longest line, and the longest field, that a manifest may have, in characters.</summary>
    /// <value>The default is 65,536.</value>
    public int LongestManifestLine { get; set; } = 65_536;

    /// <summary>Gets or sets what makes images a group.</summary>
    /// <value>The default is null: nothing does.</value>
    public DatasetSource.ImageGrouping? Grouping { get; set; }

    /// <summary>Gets or sets where refusals go after which reading can go on.</summary>
    /// <value>The default is null: they are thrown.</value>
    public ICollection<DatasetException>? Refusals { get; set; }

    /// <summary>Throws a refusal, or keeps it where they are kept.</summary>
    /// <param name="refusal">The refusal; whoever hands it in can go on.</param>
    public void Refuse(DatasetException refusal)
    {
        if (Refusals is null)
        {
            throw refusal;
        }

        Refusals.Add(refusal);
    }
}
