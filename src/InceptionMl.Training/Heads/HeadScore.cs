using InceptionMl.Models.Internal;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training;

/// <summary>Weighted log loss, probabilities clipped at 1e-15, and weighted accuracy of a head; sums, so that folds add up.</summary>
internal readonly record struct HeadScore(double LossSum, double CorrectSum, double WeightSum)
{
    public double LogLoss => LossSum / WeightSum;

    public double Accuracy => CorrectSum / WeightSum;

    /// <summary>A candidate judged by its scores over folds.</summary>
    public static HeadCandidate OverFolds(string trainer, double l2, IReadOnlyList<HeadScore> folds, int iterations)
    {
        HeadScore sum = folds.Aggregate(default(HeadScore), (left, right) => left + right);
        return new HeadCandidate(trainer, l2, sum.LogLoss, sum.Accuracy, HeadSearch.ByFolds, iterations)
        {
            LogLossDeviation = Deviation(folds, fold => fold.LogLoss),
            AccuracyDeviation = Deviation(folds, fold => fold.Accuracy),
        };
    }

    public static HeadScore operator +(HeadScore left, HeadScore right)
        => new(left.LossSum + right.LossSum, left.CorrectSum + right.CorrectSum, left.WeightSum + right.WeightSum);

    /// <summary>Scores a head on the rows of a set for which <paramref name="include"/> holds, by their judging weights.</summary>
    public static HeadScore Compute(LinearHead head, HeadTrainingSet set, Func<int, bool>? include = null, int threads = 1)
    {
        bool Counts(int i) => set.JudgingWeightOf(i) != 0 && include?.Invoke(i) != false;
        (double Loss, bool IsRight)[] rows = Rows(head, set, threads, Counts);
        double loss = 0, correct = 0, total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (Counts(i))
            {
                double weight = set.JudgingWeightOf(i);
                loss += weight * rows[i].Loss;
                correct += rows[i].IsRight ? weight : 0;
                total += weight;
            }
        }

        return new HeadScore(loss, correct, total);
    }

    /// <summary>Gets the log loss of a head on each row of a set.</summary>
    public static double[] RowLosses(LinearHead head, HeadTrainingSet set, int threads) =>
        [.. Rows(head, set, threads, _ => true).Select(row => row.Loss)];

    private static (double Loss, bool IsRight)[] Rows(LinearHead head, HeadTrainingSet set, int threads, Func<int, bool> include)
    {
        (double, bool)[] rows = new (double, bool)[set.Rows.Length];
        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new float[head.Classes], (i, _, logits) =>
        {
            if (include(i))
            {
                head.Logits(set.Features.Row(set.Rows[i]), logits);
                rows[i] = (
                    ClassificationMetrics.LogLossOf(Probability(logits, set.Labels[i])),
                    System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits) == set.Labels[i]);
            }

            return logits;
        }, _ => { });
        return rows;
    }

    /// <summary>The standard deviation (n - 1) of a figure over folds; null of fewer than 2.</summary>
    private static double? Deviation(IEnumerable<HeadScore> folds, Func<HeadScore, double> figure)
    {
        double[] values = [.. folds.Where(fold => fold.WeightSum > 0).Select(figure)];
        double mean = values.Sum() / values.Length;
        return values.Length < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    // In double: float32 would round probabilities near 1 and flatten the loss of confident heads.
    private static double Probability(float[] logits, int label)
    {
        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp((double)logit - logits[label]);
        }

        return 1 / sum;
    }
}
