using InceptionMl.Backbones;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Training;

/// <summary>
/// The steps of one training, each called once and in this order: extract, split, fit, save. Training and retraining differ in what
/// they do between them.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    private const int FewRows = 64;

    private readonly Backbone backbone;
    private readonly TrainingSettings settings;
    private readonly TimeProvider time;
    private readonly ImageDataset dataset;
    private readonly HeadOptions headOptions;
    private readonly FeatureExtractor extractor;
    private readonly long start;
    private LabeledFeatures? features;
    private TrainingSplit? split;
    private AugmentedRows? augmented;
    private HeadSearchResult? search;
    private TrainResult? result;
    private double featurizeSeconds;

    /// <summary>Refuses what cannot be trained before anything costly is done.</summary>
    /// <exception cref="DatasetException">No image is there, or the class weights do not fit the dataset.</exception>
    public TrainingRun(Backbone backbone, TrainingSettings settings, FeatureOptions features, ImageDataset dataset, TimeProvider time)
    {
        this.backbone = backbone;
        this.settings = settings;
        this.dataset = dataset;
        this.time = time;
        start = time.GetTimestamp();
        dataset.RefuseMissing();
        TrainingSplit.CheckWeights(dataset, settings.ClassWeights);
        headOptions = new HeadOptions(settings, time);
        extractor = new FeatureExtractor(backbone, features, time);
    }

    /// <summary>Gets the readable images that were trained on, chosen by and measured on.</summary>
    public LabeledFeatures Images => features!;

    /// <summary>Gets the part of each of <see cref="Images"/>.</summary>
    public TrainingSplit Split => split!;

    /// <summary>Gets the head that was fitted.</summary>
    public LinearHead Head => search!.Head;

    /// <summary>Gets the features of every image that can be read.</summary>
    public Task<LabeledFeatures> ExtractAsync(IProgress<FeatureProgress>? progress, CancellationToken cancellationToken) =>
        LabeledFeatures.ExtractAsync(extractor, dataset, progress, cancellationToken);

    /// <summary>Splits the images and adds the augmented copies of those to train on.</summary>
    /// <param name="images">What <see cref="ExtractAsync"/> gave, or some of it.</param>
    /// <param name="frozen">Places of images that belong to the test part whatever the rule says; null for none.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public async Task SplitAsync(
        LabeledFeatures images, IReadOnlySet<int>? frozen, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        features = images;
        split = TrainingSplit.Create(dataset, images, settings, frozen);
        augmented = await AugmentedRows.ExtractAsync(
            extractor, images, split.Images(SplitPart.Train), settings.Augmentation, progress, cancellationToken).ConfigureAwait(false);
        featurizeSeconds = SecondsSince(start);
    }

    /// <summary>Searches and fits the head, and measures it.</summary>
    /// <param name="modelPath">The path that the model will be saved to.</param>
    /// <param name="cardPath">The path of the card.</param>
    /// <param name="warmStart">What the last fit starts from; null for nothing.</param>
    /// <param name="progress">An optional progress sink that is invoked after each iteration.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between iterations.</param>
    public TrainResult Fit(
        string modelPath, string cardPath, WarmStart? warmStart, IProgress<HeadProgress>? progress, CancellationToken cancellationToken)
    {
        headOptions.WarmStart = warmStart?.For(dataset.Classes, backbone.Card.Outputs.Features.Width);
        headOptions.EarlierL2 = warmStart?.L2;
        long headStart = time.GetTimestamp();
        HeadTrainingSet training = Split.TrainingSet(augmented!);
        search = HeadSearch.Run(training, Split.Set(SplitPart.Validation), dataset.Classes.Count, headOptions, progress, cancellationToken);
        double headSeconds = SecondsSince(headStart);
        ClassificationMetrics validation = search.CrossValidation is { } folds
            ? Split.EvaluateOutOfFold(folds, training)
            : Split.Evaluate(search.SearchHead, SplitPart.Validation);
        result = new TrainResult
        {
            ModelPath = modelPath,
            CardPath = cardPath,
            Backbone = backbone.Card.Name,
            Classes = dataset.Classes,
            Images = new ImageCounts(
                Split.Count(SplitPart.Train), Split.Count(SplitPart.Validation), Split.Count(SplitPart.Test), Images.Problems.Count, dataset.Ignored),
            Trainer = search.Trainer,
            L2 = search.L2,
            Candidates = search.Candidates,
            ValidationNote = ValidationNotes.Create(search, validation),
            Validation = validation,
            Test = Split.Evaluate(search.Head, SplitPart.Test),
            FeaturizeSeconds = featurizeSeconds,
            HeadSeconds = headSeconds,
            TotalSeconds = SecondsSince(start),
            CacheHits = Images.CacheHits + augmented!.CacheHits,
            CacheMisses = Images.CacheMisses + augmented.CacheMisses,
            Problems = Images.Problems,
            Diagnostics =
            [
                .. dataset.Diagnostics,
                .. Split.Diagnostics,
                .. augmented.Diagnostics,
                .. AreAlike(Images.Features) ? [Diagnostic.Warning(DiagnosticIds.FeaturesAlike, $"The backbone {backbone.Card.Name} gives all images the same features, so the model cannot tell them apart: check how it is fed, and that the images differ.")] : Array.Empty<Diagnostic>(),
                .. extractor.CommitCache() is { } problem ? [problem] : Array.Empty<Diagnostic>(),
                .. search.CrossValidation is { } dealt ? Split.SmallClasses(dealt.Folds) : [],
            ],
        };
        return result;
    }

    /// <summary>Searches and fits once more with balanced weights, where the result has classes that are never given and few images of them.</summary>
    public BalancedOutlook? FitBalanced(TrainResult unbalanced, CancellationToken cancellationToken)
    {
        if (settings.ClassWeights.Balanced || settings.Heads.TimeBudget is not null || !Split.AreFew(unbalanced.NeverGiven) || !IsQuick)
        {
            return null;
        }

        HeadTrainingSet training = Split.Balanced(Split.TrainingSet(augmented!), SplitPart.Train);
        HeadSearchResult balanced = HeadSearch.Run(
            training, Split.Balanced(Split.Set(SplitPart.Validation), SplitPart.Validation), dataset.Classes.Count, new HeadOptions(settings, time), null, cancellationToken);
        return new BalancedOutlook(
            balanced.CrossValidation is { } folds ? Split.EvaluateOutOfFold(folds, training) : Split.Evaluate(balanced.SearchHead, SplitPart.Validation),
            Split.Evaluate(balanced.Head, SplitPart.Test));
    }

    // A look at some tells nearly always; only where those are alike all are looked at.
    private static bool AreAlike(FeatureMatrix features) =>
        AreAlike(features, Math.Min(features.Rows, FewRows)) && AreAlike(features, features.Rows);

    private static bool AreAlike(FeatureMatrix features, int rows) =>
        Array.TrueForAll(Standardization.Compute(features, [.. Enumerable.Range(0, rows)], []).Scale, scale => scale == 0);

    // A search of so many products takes seconds.
    private bool IsQuick => (double)Images.Features.Rows * Images.Features.Width * dataset.Classes.Count <= 1e8;

    /// <summary>Writes the model zip and the card beside it; neither appears before it is complete.</summary>
    public void Save(string modelPath, string cardPath)
    {
        ModelCard? card = null;
        ModelZip.Write(modelPath, backbone, Head, dataset.Classes, entry => card = TrainingCard.Create(result!, backbone, settings, Split, entry, time.GetUtcNow()));
        AtomicFile.Write(cardPath, stream => stream.Write(card!.ToJson()));
    }

    /// <summary>Commits the cache and releases the network.</summary>
    public void Dispose() => extractor.Dispose();

    private double SecondsSince(long since) => time.GetElapsedTime(since).TotalSeconds;
}
