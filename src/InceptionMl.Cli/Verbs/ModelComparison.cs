using InceptionMl.Cli.Rendering;

namespace InceptionMl.Cli.Verbs;

/// <summary>How a new model compares with the one that it replaces.</summary>
/// <param name="Order">1 where it is better, -1 where it is worse, 0 where it is the same; null where nobody can tell.</param>
/// <param name="Reason">The figures, or why nobody can tell.</param>
internal sealed record ModelComparison(int? Order, string Reason)
{
    /// <summary>The share of test images that the replaced model has right; null where nobody can tell.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The replaced model's log loss on the test images; null where nobody can tell.</summary>
    public double? LogLoss { get; init; }

    /// <summary>What the order means.</summary>
    public Tone Tone => Order switch
    {
        > 0 => Tone.Good,
        < 0 => Tone.Caution,
        _ => Tone.Plain,
    };

    /// <summary>The order in a word, for programs.</summary>
    public string Word => Order switch
    {
        > 0 => "better",
        < 0 => "worse",
        0 => "same",
        _ => "unknown",
    };

    /// <summary>The comparison, for people.</summary>
    public string Sentence => "Against the model that it replaces: " + (Order switch
    {
        null => Reason,
        0 => "the same, " + Reason,
        _ => $"{Word}, {Reason}",
    });
}
