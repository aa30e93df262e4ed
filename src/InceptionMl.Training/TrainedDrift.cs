using InceptionMl.Drift.Internal;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>What the images of a training were like, to compare later ones with.</summary>
internal static class TrainedDrift
{
    /// <summary>Sums up the features of all images, and what was said of those that the head that said it was not fitted on.</summary>
    /// <param name="trained">The head and the images.</param>
    /// <param name="network">The SHA-256 of the network, in hexadecimal.</param>
    /// <param name="classes">The label names.</param>
    public static DriftReference Create(TrainedHead trained, string network, IReadOnlyList<string> classes)
    {
        (LabeledFeatures images, TrainingSplit split, _, _) = trained.Data;
        ScoringStatistics statistics = new(ScoringStatistics.Identify(network, classes, trained.Head), trained.Head.Width, trained.Head.Classes);
        for (int row = 0; row < images.Readable; row++)
        {
            statistics.AddFeatures(images.Features.Row(row));
        }

        Dictionary<(int Label, int Predicted), int> confusion = [];
        foreach ((int label, float[] logits) in Unseen(trained, split, images))
        {
            int predicted = Array.IndexOf(logits, logits.Max());
            Softmax.InPlace(logits, 1);
            statistics.AddAnswer(predicted, logits[predicted], isUnknown: false);
            confusion[(label, predicted)] = confusion.GetValueOrDefault((label, predicted)) + 1;
        }

        return new DriftReference(
            statistics, [.. confusion.OrderBy(cell => cell.Key).Select(cell => new DriftReference.Cell(cell.Key.Label, cell.Key.Predicted, cell.Value))]);
    }

    private static IEnumerable<(int Label, float[] Logits)> Unseen(TrainedHead trained, TrainingSplit split, LabeledFeatures images)
    {
        double temperature = trained.Calibration?.Temperature ?? 1;
        foreach ((int label, float[] logits) in trained.Unseen is { } unseen ? unseen.Labels.Zip(unseen.Logits) : [])
        {
            yield return (label, Array.ConvertAll(logits, logit => (float)(logit / temperature)));
        }

        HeadTrainingSet test = split.Set(SplitPart.Test);
        foreach ((int row, int label) in test.Rows.Zip(test.Labels).Where(image => image.Second < trained.Head.Classes))
        {
            float[] logits = new float[trained.Head.Classes];
            trained.Head.Logits(images.Features.Row(row), logits);
            yield return (label, logits);
        }
    }
}
