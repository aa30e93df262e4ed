namespace InceptionMl.Training.Evaluation;

/// <summary>Gathers <see cref="ClassificationMetrics"/> one image at a time, in memory independent of their number.</summary>
/// <param name="labels">Label names; a true label may be one the classifier has no probability for.</param>
internal sealed class MetricsAccumulator(IReadOnlyList<string> labels)
{
    private const int TopK = 5;

    private readonly int[][] confusion = [.. labels.Select(_ => new int[labels.Count])];
    private readonly CalibrationAccumulator calibration = new(labels.Count);
    private int images;
    private int correct;
    private int amongTop;
    private double logLoss;

    /// <summary>Adds one image.</summary>
    /// <param name="truth">Place of its true label.</param>
    /// <param name="probabilities">The classifier's probabilities, in label order; labels beyond its end have probability 0.</param>
    /// <returns>Place of the most probable label.</returns>
    public int Add(int truth, ReadOnlySpan<float> probabilities)
    {
        int predicted = 0;
        for (int c = 1; c < probabilities.Length; c++)
        {
            predicted = probabilities[c] > probabilities[predicted] ? c : predicted;
        }

        double ofTruth = truth < probabilities.Length ? probabilities[truth] : 0;
        images++;
        correct += predicted == truth ? 1 : 0;
        amongTop += Rank(truth, probabilities) < TopK ? 1 : 0;
        logLoss += ClassificationMetrics.LogLossOf(ofTruth);
        confusion[truth][predicted]++;
        calibration.Add(truth, predicted, probabilities);
        return predicted;
    }

    /// <summary>The figures of all images added so far.</summary>
    public ClassificationMetrics ToMetrics()
    {
        ClassificationMetrics.ClassMetrics[] perClass = [.. labels.Select((label, c) => OfClass(label, c))];
        double[] f1 = [.. perClass.Where(c => c.F1 is not null).Select(c => c.F1!.Value)];
        ClassificationMetrics.CalibrationError? confidence = calibration.OfConfidence();
        return new ClassificationMetrics
        {
            Images = images,
            Accuracy = Share(correct, images),
            MacroF1 = f1.Length == 0 ? null : f1.Average(),
            LogLoss = images == 0 ? null : logLoss / images,
            Ece = confidence?.Ece,
            Confidence = confidence,
            Classwise = calibration.OfClasses(),
            Top5 = Share(amongTop, images),
            Labels = labels,
            Confusion = [.. confusion.Select(row => (IReadOnlyList<int>)[.. row])],
            PerClass = perClass,
        };
    }

    private static int Rank(int truth, ReadOnlySpan<float> probabilities)
    {
        if (truth >= probabilities.Length)
        {
            return int.MaxValue;
        }

        int better = 0;
        for (int c = 0; c < probabilities.Length; c++)
        {
            better += probabilities[c] > probabilities[truth] || (probabilities[c] == probabilities[truth] && c < truth) ? 1 : 0;
        }

        return better;
    }

    private ClassificationMetrics.ClassMetrics OfClass(string label, int c)
    {
        int support = confusion[c].Sum();
        int called = confusion.Sum(row => row[c]);
        int hits = confusion[c][c];
        return new ClassificationMetrics.ClassMetrics(label, Share(hits, called), Share(hits, support), Share(2 * hits, support + called), support);
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
