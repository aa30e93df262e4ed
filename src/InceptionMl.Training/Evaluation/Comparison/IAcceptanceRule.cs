namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>Decides from one point of view whether a challenger may take the champion's place.</summary>
/// <remarks>Pass rules to <see cref="Retraining.RetrainOptions.Rules"/>. A challenger is promoted if every result of every rule holds.</remarks>
/// <example>
/// <code>
/// sealed class AccuracyRule(double lowest) : IAcceptanceRule
/// {
///     public string Id => "lowest-accuracy";
///
///     public IEnumerable&lt;RuleResult&gt; Judge(ModelComparison comparison)
///     {
///         double? accuracy = comparison.Challenger.Accuracy;
///         yield return new RuleResult(Id, accuracy >= lowest, accuracy, lowest, $"the accuracy is {accuracy:F3}; at least {lowest:F3} is required");
///     }
/// }
/// </code>
/// </example>
public interface IAcceptanceRule
{
    /// <summary>Gets the rule's name for programs, in lower-case words joined by hyphens.</summary>
    public string Id { get; }

    /// <summary>Judges a challenger. It is only called if there is at least one test image.</summary>
    /// <param name="comparison">Both models on the same test images.</param>
    /// <returns>One result per thing that was judged, such as a class; none if the rule does not apply.</returns>
    public IEnumerable<RuleResult> Judge(ModelComparison comparison);
}

/// <summary>What an acceptance rule found.</summary>
/// <param name="RuleId">The <see cref="IAcceptanceRule.Id"/> of the rule.</param>
/// <param name="Holds">Whether the challenger may pass.</param>
/// <param name="Value">The figure that was judged; null if there is none.</param>
/// <param name="Limit">The limit that the figure was held against; null if there is none.</param>
/// <param name="Message">The reason, as a clause with its figures.</param>
public sealed record RuleResult(string RuleId, bool Holds, double? Value, double? Limit, string Message)
{
    /// <summary>Gets the label of the class that was judged.</summary>
    /// <value>The default is null: all classes together.</value>
    public string? Label { get; init; }
}
