namespace InceptionMl.Training.Datasets;

/// <summary>One labeled image of a dataset; nothing of the file has been decoded.</summary>
/// <param name="Path">The path to report: the folder as the user gave it + '/' + the path below it with '/' separators; in a manifest, the row's path resolved against the manifest's folder.</param>
/// <param name="FullPath">The absolute path to read from.</param>
/// <param name="Label">The class.</param>
/// <param name="Given">The part that a folder or a manifest's split column assigns; null if nothing does.</param>
/// <param name="Weight">How much the image counts in training; positive and finite, 1 unless a manifest says otherwise.</param>
internal sealed record ImageSample(string Path, string FullPath, string Label, SplitPart? Given = null, float Weight = 1)
{
    /// <summary>Gets what the image shares with others that it must not be told apart from by chance, such as the object that it shows.</summary>
    /// <value>The default is null: nothing.</value>
    public string? Group { get; init; }
}
