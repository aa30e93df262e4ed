namespace InceptionMl.Training.Datasets;

/// <summary>What a reader found, before it is judged.</summary>
internal sealed class DatasetContents(DatasetLayout layout, InputTally tally)
{
    public DatasetLayout Layout => layout;

    public List<ImageSample> Samples { get; } = [];

    /// <summary>Folders that are labels by their place but hold no image, as they are reported.</summary>
    public List<(string Shown, string Label, SplitPart? Part)> EmptyLabels { get; } = [];

    public InputTally Tally => tally;
}
