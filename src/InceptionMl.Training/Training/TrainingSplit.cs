using InceptionMl.Scoring;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training.Training;

/// <summary>The readable images of a dataset, each in its part.</summary>
internal sealed class TrainingSplit
{
    private readonly LabelledFeatures images;
    private readonly IReadOnlyList<string> classes;
    private readonly int[] labels;
    private readonly float[] weights;
    private readonly IReadOnlyList<SplitPart> parts;

    private TrainingSplit(ImageDataset dataset, LabelledFeatures images, SplitItem[] items, SplitResult split, TrainOptions options)
    {
        this.images = images;
        classes = dataset.Classes;
        parts = split.Parts;
        Warnings = split.Warnings;
        Dictionary<string, int> places = classes.Select((name, place) => (name, place)).ToDictionary(c => c.name, c => c.place, StringComparer.Ordinal);
        labels = [.. images.Samples.Select(s => places[s.Label])];
        weights = [.. images.Samples.Select(s => s.Weight)];
        Weigh(options.LabelWeights);
        if (options.BalanceClasses)
        {
            Balance();
        }

        Fingerprint = DataFingerprint.Compute(items, parts);
    }

    public IReadOnlyList<string> Warnings { get; }

    public string Fingerprint { get; }

    public IReadOnlyDictionary<string, int> ImagesByClass => images.Samples.CountBy(s => s.Label).ToDictionary(StringComparer.Ordinal);

    public static TrainingSplit Make(ImageDataset dataset, LabelledFeatures images, TrainOptions options)
    {
        dataset.Validate(images.Samples.CountBy(s => s.Label).ToDictionary(StringComparer.Ordinal));
        SplitItem[] items = [.. images.Samples.Select((sample, i) => new SplitItem(sample, images.Hashes[i]))];
        SplitResult split = ContentSplit.Assign(items, new SplitFractions(options.TestFraction, options.ValidationFraction));
        return new TrainingSplit(dataset, images, items, split, options);
    }

    public int Count(SplitPart part) => parts.Count(p => p == part);

    public HeadTrainingSet Set(SplitPart part)
    {
        int[] rows = Rows(part);
        return new HeadTrainingSet(images.Features, rows, [.. rows.Select(r => labels[r])], [.. rows.Select(r => weights[r])]);
    }

    public ClassificationMetrics Evaluate(LinearHead head, SplitPart part)
    {
        MetricsAccumulator metrics = new(classes);
        float[] probabilities = new float[head.Classes];
        foreach (int row in Rows(part))
        {
            head.Probabilities(images.Features.Row(row), probabilities);
            metrics.Add(labels[row], probabilities);
        }

        return metrics.ToMetrics();
    }

    private int[] Rows(SplitPart part) => [.. Enumerable.Range(0, parts.Count).Where(i => parts[i] == part)];

    private void Weigh(IReadOnlyDictionary<string, double> byLabel)
    {
        if (byLabel.Keys.Where(label => !classes.Contains(label)).Order(StringComparer.Ordinal).ToArray() is [_, ..] strangers)
        {
            throw new DatasetException($"No image has the label {Listing.Of(strangers)} that is given a weight; the labels are {Listing.Of(classes)}.");
        }

        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] *= (float)byLabel.GetValueOrDefault(images.Samples[row].Label, 1);
        }
    }

    private void Balance()
    {
        foreach (SplitPart part in (SplitPart[])[SplitPart.Train, SplitPart.Validation])
        {
            int[] rows = Rows(part);
            float[] balanced = ClassWeights.Balanced([.. rows.Select(r => labels[r])], classes.Count);
            for (int i = 0; i < rows.Length; i++)
            {
                weights[rows[i]] *= balanced[i];
            }
        }
    }
}
