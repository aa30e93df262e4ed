using System.Numerics.Tensors;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training;

/// <summary>Judges each image of a set by heads of one penalty that were fitted without its fold, on all of the other images or on some.</summary>
/// <param name="images">The images as they are; their rows are those of the matrix that <c>Judge</c> is given sets of.</param>
/// <param name="classes">Classes.</param>
/// <param name="l2">The penalty for a fit on all images.</param>
/// <param name="options">How to fit.</param>
/// <param name="cancellationToken">A token to cancel the operation. It stops between iterations.</param>
internal sealed class HeadReview(HeadTrainingSet images, int classes, double l2, HeadOptions options, CancellationToken cancellationToken)
{
    // Fifteen fits of so many products take seconds.
    private const double AffordableProducts = 2e8;

    // With fewer a quarter of a class is no image in some folds.
    private const int FewestPerClass = 8;

    private const double Significant = 0.05;

    // Below it the copies are not worth their time.
    private const double LeastLossGain = 0.005;
    private static readonly double[] Shares = [0.25, 0.5, 1];

    private readonly int[] foldOfImage = Folds.Stratified(images.Labels, classes, options.Settings.Seed, Folds.Count, images.Groups);
    private readonly double[] places = PlacesInClass(images.Labels, classes, options.Settings.Seed);

    /// <summary>Determines whether the fits take seconds, and every class has enough images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="classes">Classes.</param>
    public static bool IsAffordable(HeadTrainingSet images, int classes) => (double)images.Rows.Length * images.Features.Width * classes <= AffordableProducts
        && images.Labels.CountBy(label => label).Count(of => of.Value >= FewestPerClass) == classes;

    /// <summary>Reviews the images.</summary>
    /// <param name="names">The names of the classes.</param>
    /// <param name="paths">The path of each image.</param>
    /// <param name="training">The same images, each followed by the augmented copies that were trained on.</param>
    /// <param name="augmented">The same images, each followed by copies that were not; null to try none.</param>
    public TrainingReview Run(IReadOnlyList<string> names, IReadOnlyList<string> paths, HeadTrainingSet training, HeadTrainingSet? augmented = null)
    {
        Judgment[][] curve = Judge(training, Shares);
        Judgment[] all = curve[^1];
        TrainingReview.LearningCurvePoint[] points = [.. Shares.Select((share, i) => Point(curve[i], share))];
        Judgment[]? withCopies = augmented is null ? null : Judge(augmented, [1])[0];
        TrainingReview.LearningCurvePoint? augmentedPoint = withCopies is null ? null : Point(withCopies, 1);
        (double gain, double error) = withCopies is null ? default : PairedLosses.Difference(all.Select(one => one.Loss), withCopies.Select(one => one.Loss));
        int[] suspects = [.. Enumerable.Range(0, all.Length).Where(i => !IsRight(all, i) && all[i].Highest >= TrainingReview.SuspectProbability).OrderBy(i => all[i].Own)];
        return new TrainingReview
        {
            LearningCurve = points,
            GainOfTwiceTheImages = Gain(curve[^2], all, points),
            WeakClasses = WeakClasses(all, names, points[^1].Accuracy),
            Suspects = suspects.Length,
            SuspectLabels =
            [
                .. suspects.Take(TrainingReview.MaxSuspects).Select(i => new TrainingReview.SuspectLabel(
                    paths[i], names[images.Labels[i]], all[i].Own, names[all[i].Given], all[i].Highest)),
            ],
            Augmented = augmentedPoint,
            AugmentationHelps = gain > Math.Max(2 * error, LeastLossGain) && augmentedPoint!.Accuracy >= points[^1].Accuracy,
        };
    }

    // Every share's fits start where those on fewer images ended.
    private Judgment[][] Judge(HeadTrainingSet training, double[] shares)
    {
        LogisticRegression regression = new(training, classes, options);
        int[] owners = Owners(training);
        float[] own = training.AllWeights();
        Judgment[][] judged = [.. shares.Select(_ => new Judgment[images.Rows.Length])];
        for (int fold = 0; fold < Folds.Count; fold++)
        {
            regression.Reset();
            for (int i = 0; i < shares.Length; i++)
            {
                float[] weights = [.. own.Select((weight, row) => foldOfImage[owners[row]] != fold && places[owners[row]] < shares[i] ? weight : 0)];
                double fitted = weights.Sum() / (double)own.Sum();
                LinearHead head = fitted > 0
                    ? regression.Fit(l2 / fitted, weights, HeadSearch.CandidateTolerance, report: null, cancellationToken).Head
                    : new LinearHead(training.Features.Width, new float[classes * training.Features.Width], new float[classes]);
                JudgeFold(head, fold, judged[i]);
            }
        }

        return judged;
    }

    private void JudgeFold(LinearHead head, int fold, Judgment[] judged)
    {
        float[] probabilities = new float[classes];
        for (int i = 0; i < judged.Length; i++)
        {
            if (foldOfImage[i] == fold)
            {
                head.Probabilities(images.Features.Row(images.Rows[i]), probabilities);
                int given = TensorPrimitives.IndexOfMax(probabilities);
                judged[i] = new Judgment(given, probabilities[images.Labels[i]], probabilities[given]);
            }
        }
    }

    private TrainingReview.LearningCurvePoint Point(Judgment[] judged, double share) => new(
        places.Count(place => place < share),
        Enumerable.Range(0, judged.Length).Count(i => IsRight(judged, i)) / (double)judged.Length,
        judged.Average(judgment => judgment.Loss));

    private double Gain(Judgment[] half, Judgment[] all, TrainingReview.LearningCurvePoint[] points)
    {
        int gained = Enumerable.Range(0, all.Length).Count(i => IsRight(all, i) && !IsRight(half, i));
        int lost = Enumerable.Range(0, all.Length).Count(i => IsRight(half, i) && !IsRight(all, i));
        double last = points[^1].Accuracy - points[^2].Accuracy;
        double earlier = points[^2].Accuracy - points[^3].Accuracy;
        return last > 0 && McNemar.PValue(gained, lost) < Significant
            ? Math.Min(last * (earlier > last ? last / earlier : 1), 1 - points[^1].Accuracy)
            : 0;
    }

    private bool IsRight(Judgment[] judged, int i) => judged[i].Given == images.Labels[i];

    private string[] WeakClasses(Judgment[] all, IReadOnlyList<string> names, double accuracy) =>
    [
        .. Enumerable.Range(0, all.Length)
            .GroupBy(i => images.Labels[i])
            .Select(of => (Name: names[of.Key], Recall: of.Count(i => IsRight(all, i)) / (double)of.Count()))
            .Where(of => of.Recall < accuracy)
            .OrderBy(of => of.Recall)
            .ThenBy(of => of.Name, StringComparer.Ordinal)
            .Select(of => of.Name),
    ];

    // The place in images of each row of a set that has their rows in the same order, each followed by its copies.
    private int[] Owners(HeadTrainingSet training)
    {
        int[] owners = new int[training.Rows.Length];
        int next = 0;
        for (int row = 0; row < owners.Length; row++)
        {
            next += next < images.Rows.Length && training.Rows[row] == images.Rows[next] ? 1 : 0;
            owners[row] = next - 1;
        }

        return owners;
    }

    // Where an image is among those of its class, in an order drawn from the seed: from 0 to just below 1.
    private static double[] PlacesInClass(int[] labels, int classes, int seed)
    {
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new Random(seed).Shuffle(order);
        int[] sizes = new int[classes];
        int[] seen = new int[classes];
        Array.ForEach(labels, label => sizes[label]++);
        double[] places = new double[labels.Length];
        foreach (int row in order)
        {
            places[row] = (double)seen[labels[row]]++ / sizes[labels[row]];
        }

        return places;
    }

    /// <summary>What a head that had not seen an image says of it.</summary>
    /// <param name="Given">The most probable class.</param>
    /// <param name="Own">The probability of the image's own.</param>
    /// <param name="Highest">That of the most probable.</param>
    private readonly record struct Judgment(int Given, float Own, float Highest)
    {
        public double Loss => ClassificationMetrics.LogLossOf(Own);
    }
}
