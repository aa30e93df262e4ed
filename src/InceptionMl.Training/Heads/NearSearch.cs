using InceptionMl.Scoring;

namespace InceptionMl.Training.Heads;

/// <summary>
/// One run of <see cref="HeadSearch"/> on nearly the rows of an earlier one: only the penalty chosen then and half a decade to either side
/// are tried, and every fit starts from the head made then.
/// </summary>
internal sealed class NearSearch(
    HeadTrainingSet train,
    HeadTrainingSet validation,
    int classes,
    HeadOptions options,
    IProgress<HeadProgress>? progress,
    CancellationToken cancellation)
{
    // On a few hundred validation rows a neighbour wins by less than this by luck, and the penalty would wander from run to run.
    private const double Margin = 0.01;

    private readonly HeadTrainingSet everything = train.With(validation);

    /// <summary>Searches and fits.</summary>
    /// <param name="start">The earlier head.</param>
    /// <param name="earlier">The penalty it was fitted with.</param>
    public HeadSearchResult Run(LinearHead start, double earlier)
    {
        double share = train.AllWeights().Sum() / (double)everything.AllWeights().Sum();
        LogisticRegression regression = new(train, classes, options);
        double centre = earlier / share;
        HeadCandidate[] candidates = [.. L2Curve.Between(centre, Math.Sqrt(10)).Prepend(centre).Select(l2 => Try(regression, start, l2))];
        HeadCandidate best = candidates.MinBy(candidate => candidate.LogLoss)!;
        HeadCandidate chosen = best.LogLoss < candidates[0].LogLoss * (1 - Margin) ? best : candidates[0];

        // The penalty is a prior on W: against the sum of the losses it stays the same when rows are added, against their mean it shrinks.
        double l2 = chosen.L2 * share;
        LogisticRegression final = new(everything, classes, options);
        LinearHead head = Fit(final, start, l2, options.Tolerance, isFinal: true).Head;
        LinearHead searchHead = Fit(regression, head, chosen.L2, options.Tolerance, isFinal: false).Head;
        HeadScore score = HeadScore.Of(searchHead, validation);
        return new HeadSearchResult(
            head,
            Search.Lbfgs,
            l2,
            score.LogLoss,
            score.Accuracy,
            searchHead,
            [.. candidates.Select(candidate => ReferenceEquals(candidate, chosen) ? candidate with { Chosen = true } : candidate)]);
    }

    private HeadCandidate Try(LogisticRegression regression, LinearHead start, double l2)
    {
        long began = options.Time.GetTimestamp();
        (LinearHead head, int iterations) = Fit(regression, start, l2, Search.CandidateTolerance, isFinal: false);
        HeadScore score = HeadScore.Of(head, validation);
        return new HeadCandidate(Search.Lbfgs, l2, score.LogLoss, score.Accuracy, Search.ByValidation, iterations)
        {
            Seconds = options.Time.GetElapsedTime(began).TotalSeconds,
        };
    }

    private (LinearHead Head, int Iterations) Fit(LogisticRegression regression, LinearHead start, double l2, double tolerance, bool isFinal)
    {
        regression.StartFrom(start);
        return regression.Fit(
            l2,
            sampleWeights: null,
            tolerance,
            progress is null ? null : (iteration, objective) => progress.Report(new HeadProgress(Search.Lbfgs, l2, iteration, objective, isFinal)),
            cancellation);
    }
}
