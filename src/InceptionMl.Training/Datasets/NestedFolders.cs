using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>Images that lie deeper than in a label's own folder: perhaps the folders below are the classes.</summary>
internal sealed class NestedFolders
{
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private int images;

    /// <summary>Looks at an image.</summary>
    /// <param name="image">The path of the image, as it is reported.</param>
    /// <param name="label">The label's folder, as it is reported.</param>
    public void See(string image, string label)
    {
        string folder = image[..image.LastIndexOf('/')];
        if (folder.Length > label.Length)
        {
            images++;
            folders.Add(folder);
        }
    }

    /// <summary>Tells of them, if there are any.</summary>
    public void Tell(DatasetContents contents, string root)
    {
        if (images > 0)
        {
            contents.NestedFolders = NameList.Join(folders.Order(StringComparer.Ordinal));
            contents.Tally.Warn(DiagnosticIds.NestedFolders, FormattableString.Invariant(
                $"In '{root}', {images} image{(images == 1 ? " lies" : "s lie")} deeper than a label's own folder and count{(images == 1 ? "s" : "")} under the label's name: {contents.NestedFolders}. The folder that an image lies in can be its label instead."), root);
        }
    }
}
