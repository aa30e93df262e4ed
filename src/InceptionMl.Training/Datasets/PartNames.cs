namespace InceptionMl.Training.Datasets;

/// <summary>What folders and rows call the parts of a dataset, in any case.</summary>
internal static class PartNames
{
    /// <summary>The part that a name means; null for another name.</summary>
    public static SplitPart? Find(string name) => name.Trim().ToUpperInvariant() switch
    {
        "TRAIN" or "TRAINING" => SplitPart.Train,
        "VAL" or "VALID" or "VALIDATION" => SplitPart.Validation,
        "TEST" or "TESTING" => SplitPart.Test,
        _ => null,
    };
}
