using System.Numerics.Tensors;

namespace InceptionMl.Training;

/// <summary>Limited-memory BFGS (Liu and Nocedal 1989), vectors in double.</summary>
/// <param name="function">The function; its values are at least 0.</param>
/// <param name="curvature">The least curvature that is known of the function, such as the strength of its L2 penalty; above 0.</param>
/// <param name="tolerance">How far above the minimum to stop, as a share of the value.</param>
/// <param name="maximumIterations">Iterations at most.</param>
internal sealed class LbfgsMinimizer(IDifferentiable function, double curvature, double tolerance, int maximumIterations)
{
    private const int Memory = 10;

    // So many iterations that together gain less than the tolerance are the end as well: float32 may leave no more to gain.
    private const int Patience = 10;

    private readonly Queue<double> latest = new(Patience);
    private readonly List<(double[] Step, double[] Change, double Rho)> pairs = [];

    /// <summary>
    /// Moves a point to the minimum: until the gradient g says that the value is within the tolerance of it, since |g|^2 / (2 curvature) bounds
    /// what is left. The bound scales with the function, so it means the same with two classes and with two thousand.
    /// </summary>
    /// <param name="point">The start; the minimum when this returns.</param>
    /// <param name="report">Called with the iteration and the value.</param>
    /// <param name="cancellationToken">Checked at every iteration.</param>
    /// <param name="stop">Asked at every iteration but the first; true leaves the point where it stands.</param>
    /// <returns>Iterations taken.</returns>
    public int Minimize(double[] point, Action<int, double>? report, CancellationToken cancellationToken, Func<bool>? stop = null)
    {
        pairs.Clear();
        latest.Clear();
        double[] gradient = new double[point.Length];
        double[] trial = new double[point.Length];
        double[] trialGradient = new double[point.Length];
        double[] direction = new double[point.Length];
        double value = function.Evaluate(point, gradient);
        for (int iteration = 0; iteration < maximumIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            report?.Invoke(iteration, value);
            double squares = TensorPrimitives.SumOfSquares<double>(gradient);
            if (squares == 0 || (iteration > 0 && (squares <= 2 * curvature * tolerance * value || HasStalled(value) || stop?.Invoke() == true)))
            {
                return iteration;
            }

            double slope = Descend(gradient, direction);
            double first = pairs.Count == 0 ? 1 / Math.Max(1, TensorPrimitives.Norm<double>(gradient)) : 1;
            double reached = value;
            double step = WolfeLineSearch.Search(value, slope, first, s =>
            {
                TensorPrimitives.MultiplyAdd(direction, s, point, trial);
                reached = function.Evaluate(trial, trialGradient);
                return (reached, TensorPrimitives.Dot<double>(trialGradient, direction));
            });
            if (step == 0)
            {
                if (pairs.Count == 0)
                {
                    return iteration;
                }

                // A stale curvature pair can spoil the direction; the gradient itself cannot.
                pairs.Clear();
                continue;
            }

            Remember(point, trial, gradient, trialGradient);
            trial.CopyTo(point, 0);
            trialGradient.CopyTo(gradient, 0);
            value = reached;
        }

        return maximumIterations;
    }

    private bool HasStalled(double value)
    {
        double? before = latest.Count == Patience ? latest.Dequeue() : null;
        latest.Enqueue(value);
        return before - value < tolerance * value;
    }

    /// <summary>The two-loop recursion: writes -H g and returns its slope.</summary>
    private double Descend(double[] gradient, double[] direction)
    {
        TensorPrimitives.Negate<double>(gradient, direction);
        double[] alphas = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            alphas[i] = pairs[i].Rho * TensorPrimitives.Dot<double>(pairs[i].Step, direction);
            TensorPrimitives.MultiplyAdd(pairs[i].Change, -alphas[i], direction, direction);
        }

        if (pairs.Count > 0)
        {
            (double[] _, double[] change, double rho) = pairs[^1];
            TensorPrimitives.Multiply(direction, 1 / (rho * TensorPrimitives.SumOfSquares<double>(change)), direction);
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            double beta = pairs[i].Rho * TensorPrimitives.Dot<double>(pairs[i].Change, direction);
            TensorPrimitives.MultiplyAdd(pairs[i].Step, alphas[i] - beta, direction, direction);
        }

        return TensorPrimitives.Dot<double>(direction, gradient);
    }

    private void Remember(double[] point, double[] trial, double[] gradient, double[] trialGradient)
    {
        (double[] step, double[] change) = pairs.Count == Memory ? (pairs[0].Step, pairs[0].Change) : (new double[point.Length], new double[point.Length]);
        if (pairs.Count == Memory)
        {
            pairs.RemoveAt(0);
        }

        TensorPrimitives.Subtract<double>(trial, point, step);
        TensorPrimitives.Subtract<double>(trialGradient, gradient, change);
        double product = TensorPrimitives.Dot<double>(step, change);
        if (product > 1e-12 * TensorPrimitives.SumOfSquares<double>(step))
        {
            pairs.Add((step, change, 1 / product));
        }
    }
}
