using InceptionMl.Internal;

namespace InceptionMl.Training.Evaluation;

/// <summary>
/// Gathers calibration errors: how far probabilities are from the shares that are right, by bins of equal width (Guo et al. 2017), of the most probable label
/// and of each class (Kull et al., "Beyond temperature scaling", 2019). Beside them stands what chance alone would give: the mean error over labels drawn from
/// the probabilities themselves. Images count in 100 resamples each as often as a number drawn from the Poisson distribution says (Hanley and MacGibbon,
/// "Creating non-parametric bootstrap samples using Poisson frequencies", 2006); the deviation over these gives the interval.
/// </summary>
internal sealed class CalibrationAccumulator
{
    private const int Draws = 100;
    private const int MostClasses = 200;
    private const double Ninety5 = 1.96;

    private readonly SplitMix64 random = new(1);
    private readonly int classes;

    // By bin: of the most probable label, then of each class.
    private readonly double[] confidence;
    private readonly double[] right;
    private readonly double[][] chance;
    private readonly double[][] resampledConfidence;
    private readonly double[][] resampledRight;
    private readonly double[] resampledImages = new double[Draws];
    private int images;

    /// <param name="classes">Classes that have probabilities; of more than 200 only the most probable label is looked at.</param>
    public CalibrationAccumulator(int classes)
    {
        this.classes = classes <= MostClasses ? classes : 0;
        int bins = (1 + this.classes) * ClassificationMetrics.CalibrationBins;
        confidence = new double[bins];
        right = new double[bins];
        chance = Rows(bins);
        resampledConfidence = Rows(bins);
        resampledRight = Rows(bins);
    }

    /// <summary>Adds an image.</summary>
    /// <param name="truth">Place of its true label.</param>
    /// <param name="predicted">Place of the most probable one.</param>
    /// <param name="probabilities">The probabilities.</param>
    public void Add(int truth, int predicted, ReadOnlySpan<float> probabilities)
    {
        images++;
        int counted = Math.Min(classes, probabilities.Length);
        Span<int> bins = stackalloc int[1 + counted];
        bins[0] = Bin(probabilities[predicted]);
        confidence[bins[0]] += probabilities[predicted];
        right[bins[0]] += truth == predicted ? 1 : 0;
        for (int c = 0; c < counted; c++)
        {
            bins[1 + c] = ((1 + c) * ClassificationMetrics.CalibrationBins) + Bin(probabilities[c]);
            confidence[bins[1 + c]] += probabilities[c];
            right[bins[1 + c]] += truth == c ? 1 : 0;
        }

        for (int draw = 0; draw < Draws; draw++)
        {
            int label = Draw(probabilities);
            chance[draw][bins[0]] += label == predicted ? 1 : 0;
            if (label < counted)
            {
                chance[draw][bins[1 + label]]++;
            }

            int times = Poisson();
            resampledImages[draw] += times;
            for (int i = 0; times > 0 && i < bins.Length; i++)
            {
                resampledConfidence[draw][bins[i]] += times * probabilities[i == 0 ? predicted : i - 1];
                resampledRight[draw][bins[i]] += (i == 0 ? truth == predicted : truth == i - 1) ? times : 0;
            }
        }
    }

    /// <summary>Gets the error of the most probable label; null without images.</summary>
    public ClassificationMetrics.CalibrationError? OfConfidence() => images == 0 ? null : Error(0, 1);

    /// <summary>Gets the mean error of the classes; null without images and where there are very many classes.</summary>
    public ClassificationMetrics.CalibrationError? OfClasses() => images == 0 || classes == 0 ? null : Error(1, classes);

    private ClassificationMetrics.CalibrationError Error(int first, int count)
    {
        double found = Error(confidence, right, images, first, count);
        double[] resampled = [.. Enumerable.Range(0, Draws).Where(draw => resampledImages[draw] > 0)
            .Select(draw => Error(resampledConfidence[draw], resampledRight[draw], resampledImages[draw], first, count))];
        double mean = resampled.DefaultIfEmpty(found).Average();
        double deviation = resampled.Length < 2 ? 0 : Math.Sqrt(resampled.Sum(value => (value - mean) * (value - mean)) / (resampled.Length - 1));
        return new ClassificationMetrics.CalibrationError(
            found,
            Math.Max(0, found - (Ninety5 * deviation)),
            Math.Min(1, found + (Ninety5 * deviation)),
            chance.Average(drawn => Error(confidence, drawn, images, first, count)));
    }

    private static double Error(double[] confidence, double[] right, double images, int first, int count)
    {
        double sum = 0;
        for (int bin = first * ClassificationMetrics.CalibrationBins; bin < (first + count) * ClassificationMetrics.CalibrationBins; bin++)
        {
            sum += Math.Abs(confidence[bin] - right[bin]);
        }

        return sum / images / count;
    }

    private static int Bin(float probability) =>
        Math.Clamp((int)Math.Ceiling(probability * ClassificationMetrics.CalibrationBins) - 1, 0, ClassificationMetrics.CalibrationBins - 1);

    private int Draw(ReadOnlySpan<float> probabilities)
    {
        double at = random.Between(0, 1);
        int label = 0;
        while (label < probabilities.Length - 1 && (at -= probabilities[label]) > 0)
        {
            label++;
        }

        return label;
    }

    private int Poisson()
    {
        double at = random.Between(0, 1);
        double probability = Math.Exp(-1);
        int times = 0;
        while ((at -= probability) > 0 && times < 20)
        {
            probability /= ++times;
        }

        return times;
    }

    private static double[][] Rows(int bins) => [.. Enumerable.Range(0, Draws).Select(_ => new double[bins])];
}
