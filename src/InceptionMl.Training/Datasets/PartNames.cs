namespace InceptionMl.Training.Datasets;

/// <summary>What folders and rows call the parts of a dataset, in any case.</summary>
internal static class PartNames
{
    // As manifests of Vertex AI and AutoML say that no part is given.
    private const string Unassigned = "UNASSIGNED";

    private static readonly string[] Endings = ["SET", "DATA", "IMAGES"];

    /// <summary>Determines whether a row's word is a part, or says that none is given.</summary>
    public static bool IsKnown(string name) => Find(name) is not null || IsUnassigned(name);

    /// <summary>Determines whether a row's word says that no part is given.</summary>
    public static bool IsUnassigned(string name) => name.Trim().Equals(Unassigned, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the part that a name means, <c>train</c>, <c>Training</c> or <c>training_set</c> for one; null for another name.</summary>
    public static SplitPart? Find(string name) => Stem(name.Trim().ToUpperInvariant()) switch
    {
        "TRAIN" or "TRAINING" => SplitPart.Train,
        "VAL" or "VALID" or "VALIDATE" or "VALIDATION" => SplitPart.Validation,
        "TEST" or "TESTING" => SplitPart.Test,
        _ => null,
    };

    /// <summary>Gets the word that our own tables write.</summary>
    public static string Word(SplitPart? part) => part switch
    {
        SplitPart.Train => "train",
        SplitPart.Validation => "validation",
        SplitPart.Test => "test",
        _ => "unassigned",
    };

    private static string Stem(string word) => Array.Find(Endings, ending => word.EndsWith(ending, StringComparison.Ordinal)) is { } found
        ? word[..^found.Length].TrimEnd('_', '-', ' ')
        : word;
}
