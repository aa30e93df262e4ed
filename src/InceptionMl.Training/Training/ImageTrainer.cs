using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.Training.Backbones;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training.Training;

/// <summary>
/// Trains a classifier on labelled images: features by the backbone, a split by content, a head searched on the validation images
/// and fitted on training and validation images together, measured on the test images, saved as one zip. Where augmentation is asked for,
/// the training images, and they alone, are fitted on in several views; validation images join the last fit as they are.
/// </summary>
/// <param name="backbone">The backbone to run.</param>
/// <param name="options">Null takes every default.</param>
public sealed class ImageTrainer(Backbone backbone, TrainOptions? options = null)
{
    private readonly TrainOptions options = options ?? new TrainOptions();

    /// <summary>Trains and saves a model.</summary>
    /// <param name="images">A folder or a manifest.</param>
    /// <param name="modelPath">The zip to write; the card goes beside it as .json. Neither appears before it is complete.</param>
    /// <param name="progress">Told after each image.</param>
    /// <param name="headProgress">Told while the head is searched and fitted.</param>
    /// <param name="cancellationToken">Stops between images and between steps of the head's search.</param>
    /// <exception cref="DatasetException">The images cannot be trained on; the message says why and what to do.</exception>
    /// <exception cref="ArgumentException">The folds or the time budget are out of range.</exception>
    /// <exception cref="FeatureCacheException">The cache cannot be used.</exception>
    /// <exception cref="ModelFormatException">The backbone's network cannot be run, or the file at the model's place is no model.</exception>
    public async Task<TrainResult> TrainAsync(
        string images,
        string modelPath,
        IProgress<FeatureProgress>? progress = null,
        IProgress<HeadProgress>? headProgress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(images);
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        long start = options.Time.GetTimestamp();
        ModelDestination.Check(modelPath, options.ReplaceAnyFile);
        ImageDataset dataset = ImageDataset.Open(images, cancellation: cancellationToken);
        TrainingSplit.CheckWeights(dataset, options);
        HeadOptions headOptions = HeadOptions(dataset.Classes);
        headOptions.Check();
        (LabelledFeatures features, TrainingSplit split, AugmentedRows augmented) =
            await FeaturizeAsync(dataset, progress, cancellationToken).ConfigureAwait(false);
        double featurize = Seconds(start);

        long headStart = options.Time.GetTimestamp();
        HeadTrainingSet training = split.TrainingSet(augmented);
        HeadSearchResult search = HeadSearch.Run(
            training,
            split.Set(SplitPart.Validation),
            dataset.Classes.Count,
            headOptions,
            headProgress,
            cancellationToken);
        double headSeconds = Seconds(headStart);

        ClassificationMetrics validation = search.CrossValidation is { } folds
            ? split.EvaluateOutOfFold(folds, training)
            : split.Evaluate(search.SearchHead, SplitPart.Validation);
        ClassificationMetrics test = split.Evaluate(search.Head, SplitPart.Test);
        TrainResult result = new()
        {
            ModelPath = modelPath,
            CardPath = ModelDestination.CardPath(modelPath),
            Backbone = backbone.Card.Name,
            Classes = dataset.Classes,
            Images = new ImageCounts(
                split.Count(SplitPart.Train), split.Count(SplitPart.Validation), split.Count(SplitPart.Test), features.Problems.Count, dataset.Ignored),
            Trainer = search.Trainer,
            L2 = search.L2,
            Candidates = search.Candidates,
            ValidationNote = ValidationNotes.Of(search, validation),
            Validation = validation,
            Test = test,
            FeaturizeSeconds = featurize,
            HeadSeconds = headSeconds,
            TotalSeconds = Seconds(start),
            CacheHits = features.CacheHits + augmented.CacheHits,
            CacheMisses = features.Readable - features.CacheHits + augmented.CacheMisses,
            Problems = features.Problems,
            Warnings =
            [
                .. dataset.Warnings,
                .. split.Warnings,
                .. augmented.Warnings,
                .. search.CrossValidation is { } dealt ? split.FoldWarnings(dealt.Folds) : [],
            ],
        };
        cancellationToken.ThrowIfCancellationRequested();
        Save(result, search.Head, split);
        return result with { TotalSeconds = Seconds(start) };
    }

    private HeadOptions HeadOptions(IReadOnlyList<string> classes) => new()
    {
        Kind = options.Head,
        L2Grid = options.L2Grid,
        Seed = options.Seed,
        Folds = options.Folds,
        TimeBudget = options.TimeBudget,
        WarmStart = options.WarmStart?.For(classes, backbone.Card.Outputs.Features.Width),
        Time = options.Time,
    };

    private async Task<(LabelledFeatures Features, TrainingSplit Split, AugmentedRows Augmented)> FeaturizeAsync(
        ImageDataset dataset, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        using FeatureExtractor extractor = new(backbone, new FeatureOptions
        {
            CacheFolder = options.CacheFolder,
            Workers = options.Workers,
            Limits = options.Limits,
            Time = options.Time,
        });
        LabelledFeatures features = await LabelledFeatures.ExtractAsync(extractor, dataset, progress, cancellationToken).ConfigureAwait(false);
        TrainingSplit split = TrainingSplit.Make(dataset, features, options);
        AugmentedRows augmented = await AugmentedRows.ExtractAsync(
            extractor, features, split.Images(SplitPart.Train), options.Augmentation, progress, cancellationToken).ConfigureAwait(false);
        return (features, split, augmented);
    }

    private void Save(TrainResult result, LinearHead head, TrainingSplit split)
    {
        ModelCard? card = null;
        ModelZip.Write(result.ModelPath, backbone, head, result.Classes, entry => card = TrainingCard.Of(result, backbone, options, split, entry));
        AtomicFile.Write(result.CardPath, stream => stream.Write(card!.ToJson()));
    }

    private double Seconds(long since) => options.Time.GetElapsedTime(since).TotalSeconds;
}
