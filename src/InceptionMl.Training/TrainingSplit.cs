using InceptionMl.Internal;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training;

/// <summary>The readable images of a dataset, each in its part.</summary>
internal sealed class TrainingSplit
{
    private readonly LabeledFeatures images;
    private readonly IReadOnlyList<string> classes;
    private readonly int[] labels;
    private readonly float[] weights;
    private readonly IReadOnlyList<SplitPart> parts;
    private readonly ImageGroups groups;
    private readonly bool grouped;

    private TrainingSplit(ImageDataset dataset, LabeledFeatures images, ImageGroups groups, SplitItem[] items, SplitResult split, TrainingSettings settings)
    {
        this.images = images;
        this.groups = groups;
        classes = dataset.Classes;
        parts = split.Parts;
        Diagnostics = split.Diagnostics;
        Dictionary<string, int> places = classes.Select((name, place) => (name, place)).ToDictionary(c => c.name, c => c.place, StringComparer.Ordinal);
        labels = [.. images.Samples.Select(s => places[s.Label])];
        weights = [.. images.Samples.Select(s => s.Weight)];
        if (settings.ClassWeights.Balanced)
        {
            Balance();
        }

        Weigh(settings.ClassWeights.ByLabel);

        // A copy that a fold is judged by must not be fitted on: a penalty that suits copies would be chosen.
        grouped = settings.Split.Folds > 0
            || settings.Heads.TimeBudget is not null
            || images.Samples.Any(sample => sample.Group is not null)
            || groups.Units.Distinct().Count() < groups.Units.Count;
        Fingerprint = DataFingerprint.Compute(items, parts);
    }

    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    public string Fingerprint { get; }

    public IReadOnlyDictionary<string, int> ImagesByClass => images.Samples.CountBy(s => s.Label).ToDictionary(StringComparer.Ordinal);

    /// <summary>Gets the readable images of each class, by part.</summary>
    public IReadOnlyList<TrainResult.ClassImages> PartsByClass
    {
        get
        {
            int[,] counts = new int[classes.Count, 3];
            for (int i = 0; i < labels.Length; i++)
            {
                counts[labels[i], parts[i] switch { SplitPart.Train => 0, SplitPart.Validation => 1, _ => 2 }]++;
            }

            return [.. classes.Select((label, c) => new TrainResult.ClassImages(label, counts[c, 0], counts[c, 1], counts[c, 2]))];
        }
    }

    /// <summary>Gets the part of each readable image.</summary>
    public IReadOnlyList<SplitPart> Parts => parts;

    /// <summary>Gets the places of the test images with a copy or near-copy in another part, which only happens where parts are given.</summary>
    public IReadOnlyList<int> CopiedTestImages => groups.TestImagesWithCopies(parts);

    /// <summary>Splits by content, copies and groups together.</summary>
    /// <param name="dataset">The images by name.</param>
    /// <param name="images">Those that can be read.</param>
    /// <param name="settings">How.</param>
    /// <param name="frozen">Places of images that belong to the test part whatever the rule says; null for none.</param>
    /// <param name="drawn">The contents by whose hashes others are drawn; null for none.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static TrainingSplit Create(
        ImageDataset dataset,
        LabeledFeatures images,
        TrainingSettings settings,
        IReadOnlySet<int>? frozen = null,
        IReadOnlyDictionary<ContentHash, ContentHash>? drawn = null,
        CancellationToken cancellationToken = default)
    {
        dataset.Validate(images.Samples, images.Problems);
        ImageGroups groups = ImageGroups.Create(images.Samples, images.Hashes, images.Fingerprints, drawn, cancellationToken);
        SplitItem[] items = [.. images.Samples.Select((sample, i) => new SplitItem(sample, images.Hashes[i]) { Unit = groups.Units[i] })];
        HashSet<ContentHash> test = [.. (frozen ?? new HashSet<int>()).Select(place => images.Hashes[place])];
        SplitFractions fractions = new(settings.Split.Test, settings.Split.Validation);
        SplitResult split = ContentSplit.Assign(items, fractions, test, cancellationToken);
        split = split with { Diagnostics = [.. split.Diagnostics, .. groups.Diagnose(split.Parts, fractions, images.Hashes)] };
        return new TrainingSplit(dataset, images, groups, items, split, settings);
    }

    /// <summary>Refuses class weights that do not fit the classes, before anything costly is done.</summary>
    public static void CheckWeights(ImageDataset dataset, ClassWeightSettings settings)
    {
        foreach (string label in settings.ByLabel.Select(weight => weight.Label))
        {
            if (!dataset.Classes.Contains(CanonicalText.Compose(label), StringComparer.Ordinal))
            {
                throw new DatasetException($"The class weights name '{label}', which is no class of the images: {NameList.Join(dataset.Classes)}.");
            }
        }
    }

    /// <summary>Gets what an image shares with its copies and its group.</summary>
    /// <param name="row">Its place among the readable ones.</param>
    public SplitUnit Unit(int row) => groups.Units[row];

    public int Count(SplitPart part) => parts.Count(p => p == part);

    /// <summary>Gets the places of a part's images among the readable ones.</summary>
    public int[] Images(SplitPart part) => [.. Enumerable.Range(0, parts.Count).Where(i => parts[i] == part)];

    /// <summary>A part's images as they are.</summary>
    public HeadTrainingSet Set(SplitPart part)
    {
        int[] rows = Images(part);
        return new HeadTrainingSet(images.Features, rows, [.. rows.Select(r => labels[r])], [.. rows.Select(r => weights[r])])
        {
            Groups = grouped ? Groups(rows) : null,
        };
    }

    /// <summary>The training images with their augmented copies. An image's copies share its weight, its fold, and the judging of it as it is.</summary>
    public HeadTrainingSet TrainingSet(AugmentedRows augmented)
    {
        HeadTrainingSet plain = Set(SplitPart.Train);
        if (augmented.IsEmpty)
        {
            return plain;
        }

        int[][] copies = [.. plain.Rows.Select(image => (int[])[image, .. augmented.RowsOf(image)])];
        int[] owners = [.. copies.SelectMany((rows, image) => Enumerable.Repeat(image, rows.Length))];
        int[] allRows = [.. copies.SelectMany(rows => rows)];
        return new HeadTrainingSet(
            images.Features,
            allRows,
            [.. owners.Select(image => plain.Labels[image])],
            [.. owners.Select(image => plain.WeightOf(image) / copies[image].Length)])
        {
            Groups = [.. owners.Select(image => (plain.Groups ?? plain.Rows)[image])],
            JudgingWeights = [.. owners.Select((image, i) => allRows[i] == plain.Rows[image] ? plain.WeightOf(image) : 0)],
        };
    }

    /// <summary>Measures a head on a part.</summary>
    /// <param name="head">The head.</param>
    /// <param name="part">The part.</param>
    /// <param name="predictions">Takes what the head says of each image; null for nothing.</param>
    public ClassificationMetrics Evaluate(LinearHead head, SplitPart part, List<ImagePrediction>? predictions = null) => Evaluate(head, Images(part), predictions);

    private ClassificationMetrics Evaluate(LinearHead head, int[] rows, List<ImagePrediction>? predictions = null)
    {
        MetricsAccumulator metrics = new(classes);
        float[] probabilities = new float[head.Classes];
        foreach (int row in rows)
        {
            head.Probabilities(images.Features.Row(row), probabilities);
            int predicted = metrics.Add(labels[row], probabilities);
            predictions?.Add(ImagePrediction.Create(images.Samples[row], classes, labels[row], predicted, probabilities));
        }

        return metrics.ToMetrics();
    }

    /// <summary>Determines whether one of some classes has fewer than half the training images of the largest class.</summary>
    public bool AreFew(IReadOnlyList<string> some)
    {
        Dictionary<int, int> counts = Images(SplitPart.Train).CountBy(row => labels[row]).ToDictionary();
        int largest = counts.Values.DefaultIfEmpty(0).Max();
        HashSet<string> names = [.. some];
        return Enumerable.Range(0, classes.Count).Any(c => names.Contains(classes[c]) && 2 * counts.GetValueOrDefault(c) < largest);
    }

    /// <summary>A part's rows, those of augmented copies among them, weighted so that its classes count alike.</summary>
    public HeadTrainingSet Balanced(HeadTrainingSet set, SplitPart part)
    {
        int[] own = [.. Images(part).Select(row => labels[row])];
        float[] weights = ClassWeights.Balanced(own, classes.Count);
        float[] ofClass = new float[classes.Count];
        for (int i = 0; i < own.Length; i++)
        {
            ofClass[own[i]] = weights[i];
        }

        return set with
        {
            Weights = [.. set.Labels.Select((label, i) => set.WeightOf(i) * ofClass[label])],
            JudgingWeights = set.JudgingWeights is null ? null : [.. set.Labels.Select((label, i) => set.JudgingWeightOf(i) * ofClass[label])],
        };
    }

    /// <summary>Measures each training and validation image by the head that was fitted without its fold.</summary>
    /// <param name="folds">What the search dealt out.</param>
    /// <param name="training">The training rows it was given; those of augmented copies are not measured.</param>
    public ClassificationMetrics EvaluateOutOfFold(CrossValidation folds, HeadTrainingSet training)
    {
        MetricsAccumulator metrics = new(classes);
        float[] probabilities = new float[classes.Count];
        int place = 0;
        foreach (int row in (int[])[.. training.Rows, .. Images(SplitPart.Validation)])
        {
            if (folds.HeadOf(place++) is { } head && row < parts.Count)
            {
                head.Probabilities(images.Features.Row(row), probabilities);
                metrics.Add(labels[row], probabilities);
            }
        }

        return metrics.ToMetrics();
    }

    /// <summary>Names the classes that have too few different images or groups for every fold to test them.</summary>
    public IEnumerable<Diagnostic> SmallClasses(int folds)
    {
        var small = Enumerable.Range(0, parts.Count)
            .Where(row => parts[row] != SplitPart.Test)
            .GroupBy(row => labels[row], row => groups.Units[row])
            .Select(c => (Label: classes[c.Key], Images: c.Distinct().Count()))
            .Where(c => c.Images < folds)
            .OrderBy(c => c.Label, StringComparer.Ordinal)
            .ToArray();
        if (small.Length > 0)
        {
            yield return Diagnostic.Warning(DiagnosticIds.ClassesSmallerThanFolds, FormattableString.Invariant(
                $"{small.Length} of {classes.Count} classes have fewer different images or groups than the {folds} folds of the cross-validation, so some folds do not test them: {NameList.Join(small.Select(c => FormattableString.Invariant($"{c.Label} ({c.Images})")))}."));
        }
    }

    /// <summary>Names the groups that are in test and outside it: folds keep a group together, the split by content does not.</summary>
    public IEnumerable<Diagnostic> StraddlingGroups()
    {
        string[] groups =
        [
            .. Enumerable.Range(0, parts.Count)
                .Where(row => images.Samples[row].Group is not null)
                .GroupBy(row => images.Samples[row].Group!, StringComparer.Ordinal)
                .Where(rows => rows.Any(row => parts[row] == SplitPart.Test) && rows.Any(row => parts[row] != SplitPart.Test))
                .Select(rows => rows.Key)
                .Order(StringComparer.Ordinal),
        ];
        if (groups.Length > 0)
        {
            yield return Diagnostic.Warning(DiagnosticIds.GroupsInTwoParts, FormattableString.Invariant(
                $"Groups with images both in test and outside it ({groups.Length}), so that accuracy may look better than it is; give their images a part: {NameList.Join(groups)}."));
        }
    }

    /// <summary>Says how right a head is without the test images that have a copy among those it was fitted on; parts that are given may be so.</summary>
    public IEnumerable<Diagnostic> TestImagesWithCopies(LinearHead head)
    {
        IReadOnlyList<int> copied = groups.TestImagesWithCopies(parts);
        if (copied.Count > 0)
        {
            int[] others = [.. Images(SplitPart.Test).Except(copied)];
            string accuracy = others.Length == 0 ? "all are so" : FormattableString.Invariant($"of the {others.Length} others {Evaluate(head, others).Accuracy:P1} are right");
            yield return Diagnostic.Warning(DiagnosticIds.TestCopiesInTraining, FormattableString.Invariant(
                $"Test images with a copy or near-copy among the images that were trained on ({copied.Count}), so that accuracy may look better than it is; {accuracy}: {NameList.Join([.. copied.Select(row => images.Samples[row].Path)])}."));
        }
    }

    /// <summary>Images that stay together are numbered by the first of them.</summary>
    private int[] Groups(int[] rows)
    {
        Dictionary<SplitUnit, int> first = [];
        for (int row = 0; row < groups.Units.Count; row++)
        {
            first.TryAdd(groups.Units[row], row);
        }

        return [.. rows.Select(row => first[groups.Units[row]])];
    }

    private void Weigh(IReadOnlyList<ClassWeightSettings.LabelWeight> byLabel)
    {
        Dictionary<string, double> byClass = new(StringComparer.Ordinal);
        foreach ((string label, double weight) in byLabel)
        {
            byClass[CanonicalText.Compose(label)] = weight;
        }

        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] *= (float)byClass.GetValueOrDefault(classes[labels[row]], 1);
        }
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
