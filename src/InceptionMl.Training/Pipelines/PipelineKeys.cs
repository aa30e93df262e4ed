namespace InceptionMl.Training.Pipelines;

/// <summary>The keys and names of a pipeline file; the schema lists the same.</summary>
internal static class PipelineKeys
{
    public static readonly IReadOnlyList<string> Pipeline =
    [
        "$schema", "formatVersion", "data", "split", "backbone", "preprocessing", "augmentation", "heads", "classWeights", "acceptance",
        "registry", "cache", "seed", "reports",
    ];

    public static readonly IReadOnlyList<string> Source = ["path", "part", "labelFrom", "columns"];
    public static readonly IReadOnlyList<string> Columns = ["path", "label", "part"];
    public static readonly IReadOnlyList<string> Split = ["validation", "test", "folds", "groupBy"];
    public static readonly IReadOnlyList<string> Grouping = ["column"];
    public static readonly IReadOnlyList<string> Backbone = ["model", "preprocessing"];
    public static readonly IReadOnlyList<string> BackbonePreprocessing = ["width", "height", "offset", "scale", "channels"];
    public static readonly IReadOnlyList<string> Preprocessing = ["resize"];
    public static readonly IReadOnlyList<string> Augmentation = ["kind", "views"];
    public static readonly IReadOnlyList<string> Heads = ["try", "l2", "timeBudgetSeconds"];
    public static readonly IReadOnlyList<string> Acceptance = ["significance", "maxRecallLoss", "minTestImages", "maxEceIncrease"];
    public static readonly IReadOnlyList<string> Reports = ["html"];

    public static readonly IReadOnlyList<string> Parts = ["train", "validation", "test"];
    public static readonly IReadOnlyList<string> LabelFolders = ["top", "parent"];
    public static readonly IReadOnlyList<string> Channels = ["RGB", "BGR"];
    public static readonly IReadOnlyList<string> Resizes = ["crop", "pad"];
    public static readonly IReadOnlyList<string> Augmentations = ["none", "flip", "light"];
    public static readonly IReadOnlyList<string> Trainers = ["lbfgs", "sdca"];
    public static readonly IReadOnlyList<string> Balances = ["none", "weights"];

    /// <summary>Keys of earlier versions, and what they are called now.</summary>
    public static readonly IReadOnlyDictionary<string, string> Earlier = new Dictionary<string, string> { ["feeding"] = "preprocessing" };

    /// <summary>In place of a cache's folder.</summary>
    public const string NoCache = "none";

    /// <summary>In place of a manifest's column.</summary>
    public const string ByFolder = "folder";
}
