namespace InceptionMl.Cli.Help;

/// <summary>Verbs that belong together, in the order in which people come to need them.</summary>
internal sealed record VerbGroup(string Title, params string[] Verbs)
{
    public static IReadOnlyList<VerbGroup> All { get; } =
    [
        new("Start", "demo", "check", "train", "evaluate", "score"),
        new("Look closer", "explain", "classify", "suggest", "drift", "featurize"),
        new("Keep a model up to date", "retrain", "models"),
        new("Use a model elsewhere", "serve", "export", "scaffold"),
        new("Backbones and networks", "backbones", "network"),
        new("The tool itself", "help", "completion"),
    ];
}
