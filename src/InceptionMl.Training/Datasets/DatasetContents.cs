using InceptionMl.Batch;

namespace InceptionMl.Training.Datasets;

/// <summary>What a reader found, before it is judged.</summary>
internal sealed class DatasetContents(DatasetLayout layout, InputTally tally)
{
    public DatasetLayout Layout => layout;

    public List<ImageSample> Samples { get; } = [];

    /// <summary>Gets the folders that are labels by their place but hold no image, as they are reported.</summary>
    public List<(string Shown, string Label, SplitPart? Part)> EmptyLabels { get; } = [];

    /// <summary>Gets or sets the folders deeper than a label's own that hold images, in a sentence; null if there are none, or they are meant.</summary>
    public string? NestedFolders { get; set; }

    /// <summary>Gets or sets a sentence that says that no file of the manifest exists; null if one does.</summary>
    public string? Missing { get; set; }

    public InputTally Tally => tally;
}
