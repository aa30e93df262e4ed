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

    private TrainingSplit(ImageDataset dataset, LabelledFeatures images, SplitItem[] items, SplitResult split, bool balance)
    {
        this.images = images;
        classes = dataset.Classes;
        parts = split.Parts;
        Warnings = split.Warnings;
        Dictionary<string, int> places = classes.Select((name, place) => (name, place)).ToDictionary(c => c.name, c => c.place, StringComparer.Ordinal);
        labels = [.. images.Samples.Select(s => places[s.Label])];
        weights = [.. images.Samples.Select(s => s.Weight)];
        if (balance)
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
        return new TrainingSplit(dataset, images, items, split, options.BalanceClasses);
    }

    public int Count(SplitPart part) => parts.Count(p => p == part);

    /// <summary>The places of a part's images among the readable ones.</summary>
    public int[] Images(SplitPart part) => [.. Enumerable.Range(0, parts.Count).Where(i => parts[i] == part)];

    /// <summary>A part's images as they are.</summary>
    public HeadTrainingSet Set(SplitPart part)
    {
        int[] rows = Images(part);
        return new HeadTrainingSet(images.Features, rows, [.. rows.Select(r => labels[r])], [.. rows.Select(r => weights[r])]);
    }

    /// <summary>The training images with their further views. An image's views share its weight, its fold, and the judging of it as it is.</summary>
    public HeadTrainingSet TrainingSet(AugmentedRows augmented)
    {
        HeadTrainingSet plain = Set(SplitPart.Train);
        if (augmented.IsEmpty)
        {
            return plain;
        }

        int[][] views = [.. plain.Rows.Select(image => (int[])[image, .. augmented.Of(image)])];
        int[] owners = [.. views.SelectMany((rows, image) => Enumerable.Repeat(image, rows.Length))];
        int[] allRows = [.. views.SelectMany(rows => rows)];
        return new HeadTrainingSet(
            images.Features,
            allRows,
            [.. owners.Select(image => plain.Labels[image])],
            [.. owners.Select(image => plain.WeightOf(image) / views[image].Length)])
        {
            Groups = [.. owners.Select(image => plain.Rows[image])],
            JudgingWeights = [.. owners.Select((image, i) => allRows[i] == plain.Rows[image] ? plain.WeightOf(image) : 0)],
        };
    }

    public ClassificationMetrics Evaluate(LinearHead head, SplitPart part)
    {
        MetricsAccumulator metrics = new(classes);
        float[] probabilities = new float[head.Classes];
        foreach (int row in Images(part))
        {
            head.Probabilities(images.Features.Row(row), probabilities);
            metrics.Add(labels[row], probabilities);
        }

        return metrics.ToMetrics();
    }

    private void Balance()
    {
        foreach (SplitPart part in (SplitPart[])[SplitPart.Train, SplitPart.Validation])
        {
            int[] rows = Images(part);
            float[] balanced = ClassWeights.Balanced([.. rows.Select(r => labels[r])], classes.Count);
            for (int i = 0; i < rows.Length; i++)
            {
                weights[rows[i]] *= balanced[i];
            }
        }
    }
}
