using InceptionMl.Cli.Rendering;

namespace InceptionMl.Cli.Verbs;

/// <summary>How a new model compares with the one that it replaces.</summary>
/// <param name="Order">1 if it is better, -1 if it is worse, 0 if it is the same; null if nobody can tell.</param>
/// <param name="Reason">The figures, or why nobody can tell.</param>
internal sealed record ModelComparison(int? Order, string Reason)
{
    /// <summary>Gets the share of test images that the replaced model has right; null if nobody can tell.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Gets the replaced model's log loss on the test images; null if nobody can tell.</summary>
    public double? LogLoss { get; init; }

    /// <summary>Gets what the order means.</summary>
    public Tone Tone => Order switch
    {
        > 0 => Tone.Good,
        < 0 => Tone.Caution,
        _ => Tone.Plain,
    };

    /// <summary>Gets the order in a word, for programs.</summary>
    public string Word => Order switch
    {
        > 0 => "better",
        < 0 => "worse",
        0 => "same",
        _ => "unknown",
    };

    /// <summary>Gets the comparison, for people.</summary>
    public string Sentence => "Against the model that it replaces: " + (Order switch
    {
        null => Reason,
        0 => "the same, " + Reason,
        _ => $"{Word}, {Reason}",
    });
}
