namespace InceptionMl.Training.Datasets;

/// <summary>The names of a manifest's columns, where they are not the usual ones.</summary>
/// <example><code>
/// DatasetSource images = new("images.csv") { Columns = new ManifestColumns { Label = "species" } };
/// </code></example>
public sealed record ManifestColumns
{
    /// <summary>Gets the name of the column that holds the paths of the images.</summary>
    /// <value>The default is null: it is found by the usual names, such as path, file or image.</value>
    public string? Path { get; init; }

    /// <summary>Gets the name of the column that holds the labels.</summary>
    /// <value>The default is null: it is found by the usual names, such as label, class or category.</value>
    public string? Label { get; init; }

    /// <summary>Gets the name of the column that says train, validation or test.</summary>
    /// <value>The default is null: it is found by the usual names, such as split or part.</value>
    public string? Part { get; init; }

    internal IEnumerable<string> Given => new[] { Path, Label, Part }.OfType<string>();
}
