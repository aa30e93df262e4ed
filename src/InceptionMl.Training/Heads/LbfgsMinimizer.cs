using System.Numerics.Tensors;

namespace InceptionMl.Training;

/// <summary>Limited-memory BFGS (Liu and Nocedal 1989), vectors in double. What it learned of one function helps with the next.</summary>
/// <param name="threads">Worker threads; the result does not depend on it.</param>
/// <param name="maximumIterations">Iterations at most.</param>
internal sealed class LbfgsMinimizer(int threads, int maximumIterations)
{
    /// <summary>Pairs of vectors that tell of the curvature.</summary>
    public const int Memory = 10;

    // So many iterations that together gain less than the tolerance are the end as well: float32 may leave no more to gain.
    private const int Patience = 10;

    private readonly Queue<double> latest = new(Patience);
    private readonly List<(double[] Step, double[] Change, double Rho)> pairs = [];
    private readonly LongVectors vectors = new(new ParallelOptions { MaxDegreeOfParallelism = threads });
    private double[] gradient = [];
    private double[] trial = [];
    private double[] trialGradient = [];
    private double[] direction = [];

    /// <summary>Forgets the curvature of the function before.</summary>
    public void Forget() => pairs.Clear();

    /// <summary>Carries what is known of the curvature over to a function that differs by a penalty on its first variables.</summary>
    /// <param name="change">What the penalty of the next function is stronger by.</param>
    /// <param name="penalized">The number of variables under it, from the first.</param>
    public void ChangePenalty(double change, int penalized)
    {
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            (double[] step, double[] gradients, _) = pairs[i];
            vectors.InPieces(penalized, (from, count) => TensorPrimitives.MultiplyAdd(
                step.AsSpan(from, count), change, gradients.AsSpan(from, count), gradients.AsSpan(from, count)));
            double product = vectors.Dot(step, gradients);
            pairs[i] = (step, gradients, 1 / product);
            if (!IsConvex(product, step))
            {
                pairs.RemoveAt(i);
            }
        }
    }

    /// <summary>
    /// Moves a point to the minimum: until the gradient g says that the value is near enough to it, since |g|^2 / (2 curvature) bounds
    /// what is left. The bound scales with the function, so it means the same with two classes and with two thousand.
    /// </summary>
    /// <param name="function">The function; its values are at least 0.</param>
    /// <param name="curvature">The least curvature that is known of the function, such as the strength of its L2 penalty; above 0.</param>
    /// <param name="tolerance">How far above the minimum the value may stay.</param>
    /// <param name="point">The start; the minimum when this returns.</param>
    /// <param name="report">Called with the iteration and the value.</param>
    /// <param name="cancellationToken">Checked at every iteration.</param>
    /// <param name="stop">Asked at every iteration but the first; true leaves the point where it stands.</param>
    /// <returns>Iterations taken.</returns>
    public int Minimize(
        IDifferentiable function,
        double curvature,
        FitTolerance tolerance,
        double[] point,
        Action<int, double>? report,
        CancellationToken cancellationToken,
        Func<bool>? stop = null)
    {
        latest.Clear();
        if (gradient.Length != point.Length)
        {
            (gradient, trial, trialGradient, direction) =
                (new double[point.Length], new double[point.Length], new double[point.Length], new double[point.Length]);
        }

        double value = function.Evaluate(point, gradient);
        for (int iteration = 0; iteration < maximumIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            report?.Invoke(iteration, value);
            double squares = vectors.SumOfSquares(gradient);
            if (squares == 0 || (iteration > 0 && (squares <= 2 * curvature * tolerance.At(value) || HasStalled(value, tolerance) || stop?.Invoke() == true)))
            {
                return iteration;
            }

            double slope = Descend();
            double first = pairs.Count == 0 ? 1 / Math.Max(1, Math.Sqrt(squares)) : 1;
            double reached = value;
            double step = WolfeLineSearch.Search(value, slope, first, s =>
            {
                vectors.MultiplyAdd(direction, s, point, trial);
                reached = function.Evaluate(trial, trialGradient);
                return (reached, vectors.Dot(trialGradient, direction));
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

            Remember(point);
            trial.CopyTo(point, 0);
            (gradient, trialGradient) = (trialGradient, gradient);
            value = reached;
        }

        return maximumIterations;
    }

    private bool HasStalled(double value, FitTolerance tolerance)
    {
        double? before = latest.Count == (tolerance.Least > 0 ? Patience / 2 : Patience) ? latest.Dequeue() : null;
        latest.Enqueue(value);
        return before - value < tolerance.At(value);
    }

    /// <summary>The two-loop recursion: writes -H g and returns its slope.</summary>
    private double Descend()
    {
        TensorPrimitives.Negate<double>(gradient, direction);
        double[] alphas = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            alphas[i] = pairs[i].Rho * vectors.Dot(pairs[i].Step, direction);
            vectors.MultiplyAdd(pairs[i].Change, -alphas[i], direction, direction);
        }

        if (pairs.Count > 0)
        {
            (double[] _, double[] change, double rho) = pairs[^1];
            TensorPrimitives.Multiply(direction, 1 / (rho * vectors.SumOfSquares(change)), direction);
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            double beta = pairs[i].Rho * vectors.Dot(pairs[i].Change, direction);
            vectors.MultiplyAdd(pairs[i].Step, alphas[i] - beta, direction, direction);
        }

        return vectors.Dot(direction, gradient);
    }

    private void Remember(double[] point)
    {
        (double[] step, double[] change) = pairs.Count == Memory ? (pairs[0].Step, pairs[0].Change) : (new double[point.Length], new double[point.Length]);
        if (pairs.Count == Memory)
        {
            pairs.RemoveAt(0);
        }

        vectors.Subtract(trial, point, step);
        vectors.Subtract(trialGradient, gradient, change);
        double product = vectors.Dot(step, change);
        if (IsConvex(product, step))
        {
            pairs.Add((step, change, 1 / product));
        }
    }

    private bool IsConvex(double product, double[] step) => product > 1e-12 * vectors.SumOfSquares(step);
}

/// <summary>How far above its minimum a fit may end.</summary>
/// <param name="Share">As a share of its value.</param>
/// <param name="Least">What is near enough whatever the value, which comes close to 0 where training rows can be told apart.</param>
internal readonly record struct FitTolerance(double Share, double Least = 0)
{
    public double At(double value) => Math.Max(Share * value, Least);

    public static implicit operator FitTolerance(double share) => new(share);
}
