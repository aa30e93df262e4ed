using System.ComponentModel;
using System.Text.Json.Serialization;

namespace InceptionMl.Training.Datasets;

/// <summary>The names of a manifest's columns, where they are not the usual ones.</summary>
/// <example><code>
/// DatasetSource images = new("images.csv") { Columns = new ManifestColumns { Label = "species" } };
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
