using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>
/// Multinomial logistic regression on one standardized copy of a training set. Each fit starts where the last one ended, so go from
/// strong penalties to weak ones.
/// </summary>
internal sealed class LogisticRegression
{
    private readonly HeadTrainingSet set;
    private readonly int classes;
    private readonly HeadOptions options;
    private readonly Standardization standardization;
    private readonly StandardizedRows rows;
    private readonly double[] parameters;
    private SoftmaxObjective? objective;

    public LogisticRegression(HeadTrainingSet set, int classes, HeadOptions options)
    {
        this.set = set;
        this.classes = classes;
        this.options = options;
        standardization = Standardization.Compute(set.Features, set.Rows, set.Weights);
        rows = new StandardizedRows(set.Features, set.Rows, standardization);
        parameters = new double[Weights + classes];
        Reset();
    }

    /// <summary>Gets the number of weights, which the penalty is on.</summary>
    public int Weights => classes * rows.Stride;

    /// <summary>Gets the standardized copy, for another trainer to read.</summary>
    public StandardizedRows Rows => rows;

    /// <summary>Goes back to zero weights and the log of the classes' shares as bias.</summary>
    public void Reset()
    {
        Array.Clear(parameters);
        float[] weights = set.AllWeights();
        double[] shares = new double[classes];
        for (int i = 0; i < weights.Length; i++)
        {
            shares[set.Labels[i]] += weights[i];
        }

        // Half a row for a class without any keeps its logarithm finite.
        double total = shares.Sum();
        for (int c = 0; c < classes; c++)
        {
            parameters[Weights + c] = Math.Log((shares[c] + 0.5) / (total + (0.5 * classes)));
        }
    }

    /// <summary>Gets the parameters of the last fit, to start another from.</summary>
    public double[] Snapshot() => [.. parameters];

    public void StartFrom(double[] snapshot) => snapshot.CopyTo(parameters, 0);

    /// <summary>Goes on from where it starts by a share of the way there from an earlier snapshot.</summary>
    public void GoOnFrom(double[] earlier, double share)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] += share * (parameters[i] - earlier[i]);
        }
    }

    /// <summary>Starts from a head over raw values: its weights, carried over to standardized ones.</summary>
    public void StartFrom(LinearHead head)
    {
        ReadOnlySpan<float> weights = head.Weights.Span;
        for (int c = 0; c < classes; c++)
        {
            double bias = head.Bias.Span[c];
            for (int f = 0; f < head.Width; f++)
            {
                double weight = weights[(c * head.Width) + f];
                double scale = standardization.Scale[f];
                bias += weight * standardization.Mean[f];
                parameters[(c * rows.Stride) + f] = scale > 0 ? weight / scale : 0;
            }

            parameters[Weights + c] = bias;
        }
    }

    /// <summary>Fits with a penalty and returns the head over raw values and the iterations taken.</summary>
    /// <param name="l2">The strength; above 0.</param>
    /// <param name="sampleWeights">One weight a row; null takes the set's own. Rows to be held out have weight 0.</param>
    /// <param name="tolerance">How far above its minimum the objective may stay.</param>
    /// <param name="report">Called at every iteration with the iteration and the objective.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the fit between slices of an evaluation.</param>
    /// <param name="stop">Asked at every iteration but the first; true ends the fit where it stands.</param>
    /// <param name="minimizer">What minimizes; null makes one.</param>
    public (LinearHead Head, int Iterations) Fit(
        double l2,
        float[]? sampleWeights,
        FitTolerance tolerance,
        Action<int, double>? report,
        CancellationToken cancellationToken,
        Func<bool>? stop = null,
        LbfgsMinimizer? minimizer = null)
    {
        float[] given = sampleWeights ?? set.AllWeights();
        objective ??= new SoftmaxObjective(rows, set.Labels, given, classes, options.Threads, cancellationToken);
        objective.Weigh(given);
        objective.L2 = l2;
        int iterations = (minimizer ?? NewMinimizer()).Minimize(objective, l2, tolerance, parameters, report, cancellationToken, stop);
        return (standardization.Fold(parameters.AsSpan(0, Weights), rows.Stride, parameters.AsSpan(Weights)), iterations);
    }

    /// <summary>Creates what minimizes, to be given to several fits.</summary>
    public LbfgsMinimizer NewMinimizer() => new(options.Threads, options.Heads.MaxIterations);

    /// <summary>Folds weights over the standardized values into a head over raw values.</summary>
    public LinearHead Fold(ReadOnlySpan<double> weights, ReadOnlySpan<double> bias) => standardization.Fold(weights, rows.Width, bias);
}
