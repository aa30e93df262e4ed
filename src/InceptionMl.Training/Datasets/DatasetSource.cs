using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace InceptionMl.Training.Datasets;

/// <summary>A folder or a manifest that makes up a dataset, alone or with others, and how it is read.</summary>
/// <param name="Path">The folder, or the CSV or TSV file.</param>
/// <param name="Part">The part that all its images belong to; null leaves that to its own layout.</param>
/// <example><code>
/// DatasetSource images = new("images.csv") { Columns = new() { Label = "species" } };
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

    /// <summary>The names of a manifest's columns, where they are not the usual ones.</summary>
    /// <example><code>
    /// DatasetSource images = new("images.csv") { Columns = new() { Label = "species" } };
    /// </code></example>
    public sealed record ManifestColumns
    {
        /// <summary>Gets the name of the column that holds the paths of the images.</summary>
        /// <value>The default is null: it is found by the usual names, such as path, file or image.</value>
        [Description("The column of paths; null: path, file, image or the like.")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Path { get; init; }

        /// <summary>Gets the name of the column that holds the labels.</summary>
        /// <value>The default is null: it is found by the usual names, such as label, class or category.</value>
        [Description("The column of labels; null: label, class, category or the like.")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Label { get; init; }

        /// <summary>Gets the name of the column that says train, validation or test.</summary>
        /// <value>The default is null: it is found by the usual names, such as split or part.</value>
        [Description("The column that says train, validation or test; null: split, part or the like.")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Part { get; init; }

        internal IEnumerable<string> Given => new[] { Path, Label, Part }.OfType<string>();
    }

    /// <summary>What makes images a group, which stays in one part and one fold, such as photographs of one object.</summary>
    /// <param name="Column">The manifest's column whose value names the group; null makes the images of one folder below a label's own a group.</param>
    public sealed record ImageGrouping(string? Column);

    /// <summary>Specifies the folder that gives an image its label.</summary>
    public enum LabelFolder
    {
        /// <summary>The one right below the dataset's folder, or below a part's; folders below it belong to it.</summary>
        [JsonStringEnumMemberName("top")]
        Top,

        /// <summary>The one that the image lies in, however deep.</summary>
        [JsonStringEnumMemberName("parent")]
        Parent,
    }
}
