using InceptionMl.Backbones;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Onnx.Editing.Internal;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Checks;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Training;

/// <summary>
/// The steps of one training: extract, split, fit, evaluate, save. Each takes the result of the one before; training and retraining
/// differ in what they do between them.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    private const int FewRows = 64;
    private const int FewPerClass = 50;

    // About twenty seconds of two cores.
    private const double AffordableMultiplyAdds = 2.5e12;

    private readonly Backbone backbone;
    private readonly TrainingSettings settings;
    private readonly TimeProvider time;
    private readonly ImageDataset dataset;
    private readonly FeatureOptions features;
    private readonly FeatureExtractor extractor;
    private readonly long start;
    private readonly string[]? background;

    private ModelSharpness? sharpness;

    /// <summary>Refuses what cannot be trained before anything costly is done.</summary>
    /// <exception cref="DatasetException">No image is there, or the class weights do not fit the dataset.</exception>
    public TrainingRun(Backbone backbone, TrainingSettings settings, FeatureOptions features, ImageDataset dataset, TimeProvider time)
    {
        this.backbone = backbone;
        this.settings = settings;
        this.features = features;
        this.dataset = dataset;
        this.time = time;
        start = time.GetTimestamp();
        dataset.RefuseMissing();
        TrainingSplit.CheckWeights(dataset, settings.ClassWeights);
        background = settings.Decisions is { Bank: true, Background: { } folder } ? ListBackground(folder) : null;
        extractor = new FeatureExtractor(backbone, features, time);
    }

    /// <summary>Looks at the names and sizes of the classes and at some images; the card tells how sharp these are.</summary>
    /// <returns>What may be wrong and is not told by the steps that follow.</returns>
    public async Task<IReadOnlyList<Diagnostic>> CheckAsync(CancellationToken cancellationToken)
    {
        DatasetCheckOptions look = new()
        {
            InputSize = Math.Min(backbone.Preprocessing.Width, backbone.Preprocessing.Height),
            CacheFolder = features.CacheFolder,
            Workers = features.Workers,
            Limits = features.Limits,
        };
        PictureSample sample = await PictureSample.TakeAsync(dataset.Samples, look, cancellationToken).ConfigureAwait(false);
        sharpness = sample.Sharpness;
        return [.. ClassChecks.FindUntold(dataset), .. sample.Diagnose()];
    }

    /// <summary>Gets the features of every image that can be read.</summary>
    public Task<LabeledFeatures> ExtractAsync(IProgress<FeatureProgress>? progress, CancellationToken cancellationToken) =>
        LabeledFeatures.ExtractAsync(extractor, dataset, settings.Split, progress, cancellationToken);

    /// <summary>Splits the images and adds the augmented copies of those to train on.</summary>
    /// <param name="images">What <see cref="ExtractAsync"/> gave, or some of it.</param>
    /// <param name="frozen">Places of images that belong to the test part whatever the rule says; null for none.</param>
    /// <param name="drawn">The contents by whose hashes others are drawn; null for none.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public async Task<TrainingData> SplitAsync(
        LabeledFeatures images,
        IReadOnlySet<int>? frozen,
        IReadOnlyDictionary<ContentHash, ContentHash>? drawn,
        IProgress<FeatureProgress>? progress,
        CancellationToken cancellationToken)
    {
        images = images.WithoutDoubtfulLabels();
        TrainingSplit split = TrainingSplit.Create(dataset, images, settings, frozen, drawn, cancellationToken);
        AugmentedRows augmented = await AugmentedRows.ExtractAsync(
            extractor, images, split.Images(SplitPart.Train), settings.Augmentation, progress, cancellationToken).ConfigureAwait(false);
        return new TrainingData(images, split, augmented, SecondsSince(start))
        {
            Background = background is null ? null : await ExtractBackgroundAsync(background, progress, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Searches and fits the head.</summary>
    /// <param name="data">The images in their parts.</param>
    /// <param name="warmStart">What the last fit starts from; null for nothing.</param>
    /// <param name="progress">An optional progress sink that is invoked after each iteration.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between iterations.</param>
    public TrainedHead Fit(TrainingData data, WarmStart? warmStart, IProgress<HeadProgress>? progress, CancellationToken cancellationToken)
    {
        HeadOptions options = new(settings, time)
        {
            WarmStart = warmStart?.For(dataset.Classes, backbone.Card.Outputs.Features.Width),
            EarlierL2 = warmStart?.L2,
            ValidationIsGiven = data.ValidationIsGiven,
        };
        long began = time.GetTimestamp();
        HeadTrainingSet training = data.Split.TrainingSet(data.Augmented);
        HeadTrainingSet validation = data.Split.Set(SplitPart.Validation);
        HeadSearchResult search = HeadSearch.Run(training, validation, dataset.Classes.Count, options, progress, cancellationToken);
        OutOfFold unseen = OutOfFold.Create(data, training, search);
        ModelCalibration calibration = unseen.Calibrate();
        return new TrainedHead(data, training, calibration.Temperature == 1 ? search : search.Divide(calibration.Temperature), SecondsSince(began))
        {
            Calibration = calibration,
            Unseen = unseen,
            Scores = unseen.Images == 0 ? null : unseen.ToConformal(settings.Decisions.Sets, calibration.Temperature),
        };
    }

    /// <summary>Measures the head.</summary>
    /// <param name="trained">The head and what it was fitted on.</param>
    /// <param name="modelPath">The path that the model will be saved to.</param>
    /// <param name="cardPath">The path of the card.</param>
    public TrainResult Evaluate(TrainedHead trained, string modelPath, string cardPath)
    {
        ((LabeledFeatures images, TrainingSplit split, AugmentedRows augmented, double featurizeSeconds), _, HeadSearchResult search, _) = trained;
        ClassificationMetrics validation = trained.EvaluateValidation();
        List<ImagePrediction> predictions = [];
        ClassificationMetrics test = split.Evaluate(search.Head, SplitPart.Test, predictions);
        TrainedBank? bank = settings.Decisions.Bank
            ? TrainedBank.Create(images, split, trained.Data.Background, settings.Decisions.FalseAlarms, CancellationToken.None)
            : null;
        TrainResult.UnknownImage[] unknown = [.. bank?.FindUnknown(images, split.Images(SplitPart.Test)) ?? []];
        return new TrainResult
        {
            ModelPath = modelPath,
            CardPath = cardPath,
            Backbone = backbone.Card.Name,
            Classes = dataset.Classes,
            Images = new TrainResult.ImageCounts(
                split.Count(SplitPart.Train), split.Count(SplitPart.Validation), split.Count(SplitPart.Test), images.Problems.Count, dataset.Ignored),
            Trainer = search.Trainer,
            L2 = search.L2,
            Candidates = [.. search.Candidates.Select(candidate => candidate.ToModelCandidate())],
            ValidationNote = ValidationNotes.Create(search, validation),
            Validation = validation,
            Test = test,
            TestPredictions = predictions,
            ImagesByClass = split.PartsByClass,
            Sharpness = sharpness,
            Sample = images.ToSample(),
            Unknown = bank is null ? null : bank.Unknown with { OfTest = test.Images == 0 ? null : unknown.Length / (double)test.Images },
            Calibration = trained.Calibration,
            Sets = trained.Scores is { } scores
                ? new ModelSets { Method = SettingsJson.Word(scores.Method), Coverage = settings.Decisions.Coverage, Images = scores.Images }
                : null,
            Scores = trained.Scores,
            UnknownTestImages = unknown,
            Bank = bank?.Bank,
            Drift = bank is null ? null : TrainedDrift.Create(trained, backbone.Digest, dataset.Classes),
            FeaturizeSeconds = featurizeSeconds,
            HeadSeconds = trained.Seconds,
            TotalSeconds = SecondsSince(start),
            CacheHits = images.CacheHits + augmented.CacheHits,
            CacheMisses = images.CacheMisses + augmented.CacheMisses,
            Problems = images.Problems,
            Diagnostics =
            [
                .. dataset.Diagnostics,
                .. images.Diagnostics,
                .. split.Diagnostics,
                .. split.TestImagesWithCopies(search.Head),
                .. augmented.Diagnostics,
                .. AreAlike(images.Features) ? [Diagnostic.Warning(DiagnosticIds.FeaturesAlike, $"The backbone {backbone.Card.Name} gives all images the same features, so the model cannot tell them apart: check how it is fed, and that the images differ.")] : Array.Empty<Diagnostic>(),
                .. extractor.CommitCache() is { } problem ? [problem] : Array.Empty<Diagnostic>(),
                .. AccuracyGap.Diagnose(trained.Data, validation, search.CrossValidation is not null, test) is { } gap ? [gap] : Array.Empty<Diagnostic>(),
                .. search.CrossValidation is { } dealt ? split.SmallClasses(dealt.Folds) : [],
            ],
        };
    }

    /// <summary>Searches and fits once more with balanced weights, where the result has classes that are never given and few images of them.</summary>
    public TrainResult? FitBalanced(TrainingData data, TrainResult unbalanced, CancellationToken cancellationToken)
    {
        (LabeledFeatures images, TrainingSplit split, _, _) = data;

        // A search of so many products takes seconds.
        bool isQuick = (double)images.Features.Rows * images.Features.Width * dataset.Classes.Count <= 1e8;
        if (settings.ClassWeights.Balanced || settings.Heads.TimeBudget is not null || !split.AreFew(unbalanced.NeverGiven) || !isQuick)
        {
            return null;
        }

        HeadTrainingSet training = split.Balanced(split.TrainingSet(data.Augmented), SplitPart.Train);
        HeadTrainingSet validation = split.Balanced(split.Set(SplitPart.Validation), SplitPart.Validation);
        HeadSearchResult search = HeadSearch.Run(training, validation, dataset.Classes.Count, new HeadOptions(settings, time) { ValidationIsGiven = data.ValidationIsGiven }, null, cancellationToken);
        List<ImagePrediction> predictions = [];
        return unbalanced with
        {
            Trainer = search.Trainer,
            L2 = search.L2,
            Candidates = [.. search.Candidates.Select(candidate => candidate.ToModelCandidate())],
            Validation = new TrainedHead(data, training, search, 0).EvaluateValidation(),
            Test = split.Evaluate(search.Head, SplitPart.Test, predictions),
            TestPredictions = predictions,
        };
    }

    /// <summary>Looks for what could make the model better; null where that takes long or a class has very few images.</summary>
    public async Task<TrainingReview?> ReviewAsync(TrainedHead trained, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        (LabeledFeatures images, TrainingSplit split, AugmentedRows augmented, _) = trained.Data;
        HeadTrainingSet validation = split.Set(SplitPart.Validation);
        HeadTrainingSet plain = split.Set(SplitPart.Train).With(validation);
        if (!HeadReview.IsAffordable(plain, dataset.Classes.Count))
        {
            return null;
        }

        AugmentedRows? copies = await TryCopiesAsync(images, split.Images(SplitPart.Train), progress, cancellationToken).ConfigureAwait(false);
        HeadReview heads = new(plain, dataset.Classes.Count, trained.Search.L2, new HeadOptions(settings, time), cancellationToken);
        return heads.Run(
            dataset.Classes,
            [.. plain.Rows.Select(row => images.Samples[row].Path)],
            split.TrainingSet(augmented).With(validation),
            copies is null ? null : split.TrainingSet(copies).With(validation));
    }

    // Augmented copies of images that are trained on as they are, where those are few and the copies take seconds.
    private async Task<AugmentedRows?> TryCopiesAsync(
        LabeledFeatures images, int[] training, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        AugmentationSettings light = new() { Kind = AugmentationKind.Light };
        if (settings.Augmentation.Kind != AugmentationKind.None
            || training.Length >= FewPerClass * dataset.Classes.Count
            || (double)training.Length * light.Copies * MultiplyAdds.Count(backbone.Network.Span, backbone.Card.Name) > AffordableMultiplyAdds)
        {
            return null;
        }

        AugmentedRows copies = await AugmentedRows.ExtractAsync(extractor, images, training, light, progress, cancellationToken).ConfigureAwait(false);
        extractor.CommitCache();
        return copies;
    }

    private static string[] ListBackground(SettingsPath folder)
    {
        string[] paths = Directory.Exists(folder.Full)
            ? [.. Directory.EnumerateFiles(folder.Full, "*", SearchOption.AllDirectories).Where(path => ImageSignature.HasImageExtension(path)).Order(StringComparer.Ordinal)]
            : [];
        return paths.Length > 0
            ? paths
            : throw new DatasetException($"{folder.Written}: no folder of images that are none of the classes is there; name another one.") { Reason = DatasetErrorReason.TooFewImages };
    }

    private async Task<FeatureMatrix?> ExtractBackgroundAsync(string[] paths, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        FeatureMatrix matrix = new(extractor.Width);
        await foreach (ImageFeatures image in extractor.ExtractAsync(paths, progress, cancellationToken).ConfigureAwait(false))
        {
            if (image.Vector is { } vector)
            {
                matrix.Add(vector);
            }
        }

        return matrix.Rows == 0 ? null : matrix;
    }

    // A look at some tells nearly always; only where those are alike all are looked at.
    private static bool AreAlike(FeatureMatrix features) =>
        AreAlike(features, Math.Min(features.Rows, FewRows)) && AreAlike(features, features.Rows);

    private static bool AreAlike(FeatureMatrix features, int rows) =>
        Array.TrueForAll(Standardization.Compute(features, [.. Enumerable.Range(0, rows)], []).Scale, scale => scale == 0);

    /// <summary>Writes the model zip and the card beside it; neither appears before it is complete.</summary>
    public void Save(TrainedHead trained, TrainResult result, string modelPath, string cardPath)
    {
        ModelCard card = ModelZip.Write(modelPath, backbone, trained.Head, dataset.Classes, trained.Data.Fitted, result, entry =>
            TrainingCard.Create(result, backbone, settings, trained.Data.Split, entry, time.GetUtcNow()));
        AtomicFile.Write(cardPath, stream => stream.Write(card.ToJson()));
    }

    /// <summary>Commits the cache and releases the network.</summary>
    public void Dispose() => extractor.Dispose();

    private double SecondsSince(long since) => time.GetElapsedTime(since).TotalSeconds;
}

/// <summary>The readable images, each in its part, with the augmented copies of those to train on.</summary>
/// <param name="Images">The images that are trained on, chosen by and measured on.</param>
/// <param name="Split">The part of each of <paramref name="Images"/>.</param>
/// <param name="Augmented">The augmented copies.</param>
/// <param name="Seconds">The seconds from images to features.</param>
internal sealed record TrainingData(LabeledFeatures Images, TrainingSplit Split, AugmentedRows Augmented, double Seconds)
{
    /// <summary>Gets the features of images that are none of the classes; null where none are known.</summary>
    public FeatureMatrix? Background { get; init; }

    /// <summary>Gets a value that indicates whether there are validation images and all of them were given.</summary>
    public bool ValidationIsGiven => IsGiven(SplitPart.Validation);

    /// <summary>Gets a value that indicates whether there are test images and all of them were given.</summary>
    public bool TestIsGiven => IsGiven(SplitPart.Test);

    /// <summary>Gets the contents that the head is fitted on in the end: those of the training part and of the validation part.</summary>
    public TrainedContents Fitted => TrainedContents.Create(Images.Hashes.Where((_, image) => Split.Parts[image] != SplitPart.Test).Select(hash => hash.Draw));

    private bool IsGiven(SplitPart part) => Split.Count(part) > 0 && Split.Images(part).All(image => Images.Samples[image].Given == part);
}

/// <summary>The head that was chosen, and what it was fitted on.</summary>
/// <param name="Data">The images.</param>
/// <param name="Training">The rows it was fitted on before the validation rows joined them.</param>
/// <param name="Search">How it was found.</param>
/// <param name="Seconds">The seconds of search and fit.</param>
internal sealed record TrainedHead(TrainingData Data, HeadTrainingSet Training, HeadSearchResult Search, double Seconds)
{
    /// <summary>Gets what heads said of images that they were not fitted on.</summary>
    public OutOfFold? Unseen { get; init; }

    /// <summary>Gets the temperature that is in its weights.</summary>
    public ModelCalibration? Calibration { get; init; }

    /// <summary>Gets what sets of labels follow from; null where no image was kept out of the fit.</summary>
    public ConformalScores? Scores { get; init; }

    /// <summary>Gets the head.</summary>
    public LinearHead Head => Search.Head;

    /// <summary>Measures on the validation images; where folds chose, each image by a head that was fitted without it.</summary>
    public ClassificationMetrics EvaluateValidation() => Search.CrossValidation is { } folds
        ? Data.Split.EvaluateOutOfFold(folds, Training)
        : Data.Split.Evaluate(Search.SearchHead, SplitPart.Validation);
}
