using System.CommandLine;
using InceptionMl.Cli.Parsing;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli.Verbs;

/// <summary>How labeled images are read: the options that verbs share which take a folder or a manifest.</summary>
internal sealed class SourceOptions
{
    /// <summary>The option that says which folder is the label.</summary>
    public const string LabelFrom = "--label-from";

    private static readonly string[] Labels = ["top", "parent"];

    private readonly Option<string?> path = new("--path-column")
    {
        Description = "The column of a manifest that holds paths, relative ones to its folder. The default is path, file, image or the like.",
    };

    private readonly Option<string?> label = new("--label-column")
    {
        Description = "The column of a manifest that holds labels. The default is label, class, category or the like.",
    };

    private readonly Option<string?> part = new("--part-column")
    {
        Description = "The column of a manifest that says train, validation or test. The default is split, part or the like.",
    };

    private readonly Option<string?> labelFrom = new(LabelFrom)
    {
        Description = "Which folder above an image names its label: top (default), the first one below the images' folder or a part's, or parent, the one it lies in.",
    };

    public SourceOptions() => labelFrom.AcceptOptionalWords(Labels);

    public void AddTo(Command verb)
    {
        verb.Add(labelFrom);
        verb.Add(path);
        verb.Add(label);
        verb.Add(part);
    }

    /// <summary>A folder or a manifest, read as the options say.</summary>
    public DatasetSource Source(ParseResult parsed, string images) => new(images)
    {
        LabelFrom = parsed.GetValue(labelFrom) is { } word ? Enum.Parse<LabelFolder>(word, ignoreCase: true) : null,
        Columns = new ManifestColumns { Path = parsed.GetValue(path), Label = parsed.GetValue(label), Part = parsed.GetValue(part) },
    };
}
