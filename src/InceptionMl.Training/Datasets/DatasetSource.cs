using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace InceptionMl.Training.Datasets;

/// <summary>A folder or a manifest that makes up a dataset, alone or with others, and how it is read.</summary>
/// <param name="Path">The folder, or the CSV or TSV file.</param>
/// <param name="Part">The part that all its images belong to; null leaves that to its own layout.</param>
/// <example><code>
/// DatasetSource images = new("images.csv") { Columns = new ManifestColumns { Label = "species" } };
/// TrainResult result = await new ImageTrainer(new TrainingSettings { Data = [images] }).TrainAsync("model.zip");
/// </code></example>
public sealed record DatasetSource(
    [property: Description("A folder with a folder per label, or with train/, validation/ and test/; or a CSV or TSV manifest.")]
    [property: Required(ErrorMessage = "it names a folder of images or a manifest")]
    [property: DefaultValue("")]
    SettingsPath Path,
    [property: Description("The part that all its images belong to; null: as its own layout says, else drawn by content.")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    SplitPart? Part = null)
{
    /// <summary>Gets which of the folders above an image names its label; a manifest names labels itself.</summary>
    /// <value>The default is null: <see cref="LabelFolder.Top"/>, and images that lie deeper are told in a warning.</value>
    [Description("Which folder above an image names its label: the top one, or its parent, the one that it lies in; null: the top one, with a warning where images lie deeper.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LabelFolder? LabelFrom { get; init; }

    /// <summary>Gets the names of a manifest's columns.</summary>
    /// <value>The default finds them by the usual names.</value>
    [Description("The names of a manifest's columns, where they are not the usual ones.")]
    public ManifestColumns Columns { get; init; } = new();

    /// <summary>Gets the source that a path alone names.</summary>
    /// <param name="path">The folder, or the CSV or TSV file.</param>
    public static implicit operator DatasetSource(string path) => FromString(path);

    /// <summary>Creates the source that a path alone names.</summary>
    /// <param name="path">The folder, or the CSV or TSV file.</param>
    public static DatasetSource FromString(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new DatasetSource(SettingsPath.FromString(path));
    }
}
