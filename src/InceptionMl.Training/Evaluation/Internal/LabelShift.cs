using InceptionMl.Drift.Internal;
using InceptionMl.Training.Statistics;

namespace InceptionMl.Training.Evaluation.Internal;

/// <summary>Whether and how the shares of the labels changed, told from what a model says.</summary>
public static class LabelShift
{
    // Solving takes its third power of steps.
    private const int MostClasses = 1000;

    // The shares of the training, where the answers leave a share open.
    private const double Ridge = 1e-6;

    // Fisher's test counts in 32 bits; shares of so many are as good as of all.
    private const long MostCounted = 1_000_000;

    /// <summary>
    /// Gets the probability of counts at least so different were the shares the same: of Fisher's exact test of each label the smallest, times the number of
    /// labels (Bonferroni).
    /// </summary>
    /// <param name="training">How many images of the training were given each label by a head that was not fitted on them.</param>
    /// <param name="now">How many are given each now.</param>
    public static double PValue(IReadOnlyList<long> training, IReadOnlyList<long> now)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(now);
        (long before, long after) = (training.Sum(), now.Sum());
        return Math.Min(1, training.Count * training.Zip(now, (first, second) => PValue(first, before, second, after)).Min());
    }

    /// <summary>Gets the probability of shares at least so different were both the same.</summary>
    internal static double PValue(long firstPart, long first, long secondPart, long second)
    {
        (int part, int all) = Counted(firstPart, first);
        (int otherPart, int other) = Counted(secondPart, second);
        return all == 0 || other == 0 ? 1 : FisherExact.PValue(part, all, otherPart, other);

        static (int Part, int All) Counted(long part, long all) =>
            all <= MostCounted ? ((int)part, (int)all) : ((int)Math.Round((double)part / all * MostCounted), (int)MostCounted);
    }

    /// <summary>
    /// Estimates the true shares of the labels by black box shift estimation (Lipton, Wang and Smola, "Detecting and correcting for label shift with black box
    /// predictors", 2018): those under which a model that errs as it did would give its answers of now.
    /// </summary>
    /// <param name="confusion">How often an image of one label was given another by a head that was not fitted on it.</param>
    /// <param name="training">The shares of the labels in the training.</param>
    /// <param name="now">How many images are given each label now.</param>
    /// <returns>The shares of now.</returns>
    public static IReadOnlyList<double> Estimate(IReadOnlyList<DriftReference.Cell> confusion, IReadOnlyList<double> training, IReadOnlyList<long> now)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(now);
        double images = Math.Max(1, now.Sum());
        double[] answers = [.. now.Select(count => count / images)];
        if (now.Count > MostClasses)
        {
            return answers;
        }

        double[] shares = [.. training.Zip(Weights(Joint(confusion, training), answers), (share, weight) => share * Math.Max(0, weight))];
        double sum = shares.Sum();
        return sum > 0 ? [.. shares.Select(share => share / sum)] : training;
    }

    // The share of images of each label that are given each, by row. A label that no head was tried on is taken for one that is always known.
    private static double[,] Joint(IReadOnlyList<DriftReference.Cell> confusion, IReadOnlyList<double> training)
    {
        double[,] joint = new double[training.Count, training.Count];
        Dictionary<int, double> tried = confusion.GroupBy(cell => cell.Label).ToDictionary(cells => cells.Key, cells => cells.Sum(cell => (double)cell.Images));
        foreach (DriftReference.Cell cell in confusion)
        {
            joint[cell.Predicted, cell.Label] = training[cell.Label] * cell.Images / tried[cell.Label];
        }

        foreach (int label in Enumerable.Range(0, training.Count).Where(label => !tried.ContainsKey(label)))
        {
            joint[label, label] = training[label];
        }

        return joint;
    }

    // The weights w of least |C w - q|^2 + ridge |w - 1|^2, where C holds the joint shares of answers and labels and q the answers of now.
    private static double[] Weights(double[,] joint, double[] answers)
    {
        int classes = answers.Length;
        double[,] matrix = new double[classes, classes + 1];
        Parallel.For(0, classes, row =>
        {
            for (int k = 0; k < classes; k++)
            {
                if (joint[k, row] == 0)
                {
                    continue;
                }

                for (int column = 0; column < classes; column++)
                {
                    matrix[row, column] += joint[k, row] * joint[k, column];
                }

                matrix[row, classes] += joint[k, row] * answers[k];
            }

            double ridge = Ridge / classes / classes;
            matrix[row, row] += ridge;
            matrix[row, classes] += ridge;
        });
        return Solve(matrix, classes);
    }

    // Gauss's elimination; the matrix is positive definite, so that no rows need be exchanged.
    private static double[] Solve(double[,] matrix, int size)
    {
        for (int pivot = 0; pivot < size; pivot++)
        {
            for (int row = pivot + 1; row < size; row++)
            {
                double factor = matrix[row, pivot] / matrix[pivot, pivot];
                for (int column = pivot; factor != 0 && column <= size; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                }
            }
        }

        double[] solution = new double[size];
        for (int row = size - 1; row >= 0; row--)
        {
            double value = matrix[row, size];
            for (int column = row + 1; column < size; column++)
            {
                value -= matrix[row, column] * solution[column];
            }

            solution[row] = value / matrix[row, row];
        }

        return solution;
    }
}
