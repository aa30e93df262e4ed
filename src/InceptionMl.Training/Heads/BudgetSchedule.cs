using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>
/// The order of a <see cref="HeadSearch"/> that can end after any candidate: the likely ones come first, and the time that the final
/// fit needs, measured on the candidates, is kept back.
/// </summary>
internal sealed class BudgetSchedule(CandidateTrials trials, HoldoutSet held, int classes, HeadOptions options)
{
    private string Main => !options.Heads.Tries(HeadKind.Lbfgs) ? HeadSearch.Sdca : HeadSearch.Lbfgs;

    public HeadSearchResult Run()
    {
        TryInOrder(new CandidateOrder([.. options.Heads.L2.Distinct().OrderDescending()], trials.Curve(Main)));
        SearchTrial winner = Best(Main)!;
        if (Best(HeadSearch.Sdca) is { } rival && rival.Candidate.LogLoss < winner.Candidate.LogLoss * (1 - HeadSearch.SdcaMargin))
        {
            winner = rival;
        }

        HeadCandidate chosen = winner.Candidate;
        (LinearHead head, double l2) = Finish(winner);
        HeadCandidate[] candidates = [.. trials.All.Select(trial => ReferenceEquals(trial, winner) ? chosen with { Chosen = true } : trial.Candidate)];
        return new HeadSearchResult(head, chosen.Trainer, l2, chosen.LogLoss, chosen.Accuracy, held.AreFolds ? head : winner.Heads[0]!, candidates)
        {
            CrossValidation = held.AreFolds ? new CrossValidation(held.FoldOfRow, winner.Heads) : null,
        };
    }

    private void TryInOrder(CandidateOrder order)
    {
        bool inTime = order.Climb().All(l2 => Try(Main, l2));
        if (options.Heads.Tries(HeadKind.Lbfgs))
        {
            inTime = inTime && order.Refine().All(l2 => Try(HeadSearch.Lbfgs, l2));
            if (inTime && options.Heads.Tries(HeadKind.Sdca) && classes > 1 && (options.Heads.TimeBudget is not null || SdcaTrainer.IsAffordable(held.Rows, classes)))
            {
                double best = trials.Curve(Main).Best;
                _ = Try(HeadSearch.Sdca, best * Math.Sqrt(10)) && Try(HeadSearch.Sdca, best);
            }
        }

        _ = inTime && order.Rest().All(l2 => Try(Main, l2));
    }

    private bool Try(string trainer, double l2) => trials.Try(trainer, l2, trials.Lowest(HeadSearch.Lbfgs));

    private SearchTrial? Best(string trainer) => trials.All
        .Where(trial => trial.Candidate.Trainer == trainer)
        .OrderBy(trial => trial.Candidate.LogLoss)
        .ThenByDescending(trial => trial.Candidate.L2)
        .FirstOrDefault();

    private (LinearHead Head, double L2) Finish(SearchTrial winner)
    {
        double l2 = winner.Candidate.L2;
        if (winner.Candidate.Trainer == HeadSearch.Sdca)
        {
            return (trials.FitSdca(l2), l2);
        }

        // The penalty is a prior on W: against the sum of the losses it stays the same when rows are added, against their mean it shrinks.
        l2 *= held.FittedShare;
        LinearHead head = trials.Fit(l2, options.Heads.Tolerance, regression =>
        {
            if (options.WarmStart is { } warm)
            {
                regression.StartFrom(warm);
            }
            else
            {
                regression.StartFrom(winner.Parameters.First(parameters => parameters is not null)!);
            }
        });
        return (head, l2);
    }
}
