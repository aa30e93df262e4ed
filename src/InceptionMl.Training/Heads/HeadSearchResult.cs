using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>What a search found.</summary>
/// <param name="Head">The head, fitted on train and validation rows.</param>
/// <param name="Trainer">"lbfgs" or "sdca".</param>
/// <param name="L2">The strength <paramref name="Head"/> was fitted with: the one chosen, less by the share of rows the choice was made without.</param>
/// <param name="ValidationLogLoss">
/// Weighted log loss of <paramref name="SearchHead"/> on the validation rows, NaN without any; out of fold, over train and validation
/// rows, where folds judged.
/// </param>
/// <param name="ValidationAccuracy">Weighted accuracy there, 0 to 1.</param>
/// <param name="SearchHead">The same head fitted on the train rows alone; where folds judged, or without validation rows, <paramref name="Head"/>.</param>
/// <param name="Candidates">Everything tried, in order.</param>
internal sealed record HeadSearchResult(
    LinearHead Head,
    string Trainer,
    double L2,
    double ValidationLogLoss,
    double ValidationAccuracy,
    LinearHead SearchHead,
    IReadOnlyList<HeadCandidate> Candidates)
{
    /// <summary>
    /// Gets a value that indicates whether L2, chosen on the validation rows, was then refined by folds of train and validation rows together: the figures on
    /// the validation rows are of weights that have not seen them, under a penalty that has.
    /// </summary>
    public bool RefinedByFolds { get; init; }

    /// <summary>Gets the folds and their heads where <see cref="SplitSettings.Folds"/> or a time budget let folds judge; null otherwise.</summary>
    public CrossValidation? CrossValidation { get; init; }

    /// <summary>Gets folds and heads of about the penalty chosen, also where they only refined it; null where none were fitted.</summary>
    public CrossValidation? OutOfFold { get => field ?? CrossValidation; init; }

    /// <summary>Divides the logits of all heads by a temperature.</summary>
    public HeadSearchResult Divide(double temperature)
    {
        LinearHead head = Head.Divide(temperature);
        return this with
        {
            Head = head,
            SearchHead = ReferenceEquals(SearchHead, Head) ? head : SearchHead.Divide(temperature),
            CrossValidation = CrossValidation is { } folds ? folds with { Heads = [.. folds.Heads.Select(of => of?.Divide(temperature))] } : null,
            OutOfFold = null,
        };
    }
}
