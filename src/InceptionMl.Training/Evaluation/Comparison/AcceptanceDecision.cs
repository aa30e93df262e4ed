namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>Whether a challenger takes the champion's place.</summary>
/// <param name="Results">What each rule found. A challenger is accepted if all results hold.</param>
internal sealed record AcceptanceDecision(IReadOnlyList<RuleResult> Results)
{
    /// <summary>Gets a value that indicates whether every result holds.</summary>
    public bool IsAccepted => Results.All(result => result.Holds);

    /// <summary>Gets the results that decided: those that do not hold, or all of them if all hold.</summary>
    public IReadOnlyList<RuleResult> Deciding => [.. Results.Where(result => result.Holds == IsAccepted)];

    /// <summary>Judges a challenger by rules. Without rules, any challenger is accepted; without test images, none is.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="comparison">Both models on the same test images.</param>
    public static AcceptanceDecision Judge(IReadOnlyList<IAcceptanceRule> rules, ModelComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(comparison);
        return rules.Count == 0
            ? Create("no-rules", holds: true, "all acceptance rules are switched off")
            : comparison.Champion.Images == 0
            ? Create("no-test-images", holds: false, comparison.LeftOut == 0
                ? "there is no test image to compare the models on"
                : FormattableString.Invariant($"the champion was trained on all {comparison.LeftOut} test images, so there is none to compare the models on; add images"))
            : new AcceptanceDecision([.. rules.SelectMany(rule => rule.Judge(comparison))]);
    }

    /// <summary>Creates the decision of what goes before all rules.</summary>
    internal static AcceptanceDecision Create(string id, bool holds, string message) => new([new RuleResult(id, holds, Value: null, Limit: null, message)]);

    /// <summary>This decision with the results of another.</summary>
    internal AcceptanceDecision With(AcceptanceDecision other) => new([.. Results, .. other.Results]);
}
