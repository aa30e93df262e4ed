using InceptionMl.Scoring;

namespace InceptionMl.Training.Heads;

/// <summary>What a search found.</summary>
/// <param name="Head">The head, fitted on train and validation rows.</param>
/// <param name="Trainer">"lbfgs" or "sdca".</param>
/// <param name="L2">The strength <paramref name="Head"/> was fitted with: the one chosen, less by the share of rows the choice was made without.</param>
/// <param name="ValidationLogLoss">Weighted log loss of <paramref name="SearchHead"/> on the validation rows; NaN without any.</param>
/// <param name="ValidationAccuracy">Weighted accuracy of <paramref name="SearchHead"/> there, 0 to 1; NaN without any.</param>
/// <param name="SearchHead">The same head fitted on the train rows alone.</param>
/// <param name="Candidates">Everything tried, in order.</param>
public sealed record HeadSearchResult(
    LinearHead Head,
    string Trainer,
    double L2,
    double ValidationLogLoss,
    double ValidationAccuracy,
    LinearHead SearchHead,
    IReadOnlyList<HeadCandidate> Candidates);
