using InceptionMl.Scoring;

namespace InceptionMl.Training.Heads;

/// <summary>Weighted log loss, probabilities clipped at 1e-15, and weighted accuracy of a head; sums, so that folds add up.</summary>
internal readonly record struct HeadScore(double LossSum, double CorrectSum, double WeightSum)
{
    private const double SmallestProbability = 1e-15;

    public double LogLoss => LossSum / WeightSum;

    public double Accuracy => CorrectSum / WeightSum;

    public static HeadScore operator +(HeadScore left, HeadScore right)
        => new(left.LossSum + right.LossSum, left.CorrectSum + right.CorrectSum, left.WeightSum + right.WeightSum);

    /// <summary>Scores a head on the rows of a set for which <paramref name="include"/> holds, by their judging weights.</summary>
    public static HeadScore Of(LinearHead head, HeadTrainingSet set, Func<int, bool>? include = null)
    {
        double loss = 0, correct = 0, total = 0;
        float[] logits = new float[head.Classes];
        for (int i = 0; i < set.Rows.Length; i++)
        {
            double weight = set.JudgingWeightOf(i);
            if (weight == 0 || (include is not null && !include(i)))
            {
                continue;
            }

            head.Logits(set.Features.Row(set.Rows[i]), logits);
            loss -= weight * Math.Log(Math.Max(SmallestProbability, Probability(logits, set.Labels[i])));
            correct += System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits) == set.Labels[i] ? weight : 0;
            total += weight;
        }

        return new HeadScore(loss, correct, total);
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
