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
/// and fitted on training and validation images together, measured on the test images, saved as one zip.
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
        LabelledFeatures features = await LabelledFeatures.ExtractAsync(backbone, dataset, options, progress, cancellationToken).ConfigureAwait(false);
        double featurize = Seconds(start);

        TrainingSplit split = TrainingSplit.Make(dataset, features, options);
        long headStart = options.Time.GetTimestamp();
        HeadSearchResult search = HeadSearch.Run(
            split.Set(SplitPart.Train),
            split.Set(SplitPart.Validation),
            dataset.Classes.Count,
            new HeadOptions { Kind = options.Head, L2Grid = options.L2Grid, Seed = options.Seed },
            headProgress,
            cancellationToken);
        double headSeconds = Seconds(headStart);

        ClassificationMetrics validation = split.Evaluate(search.SearchHead, SplitPart.Validation);
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
            Validation = validation,
            Test = test,
            FeaturizeSeconds = featurize,
            HeadSeconds = headSeconds,
            TotalSeconds = Seconds(start),
            CacheHits = features.CacheHits,
            CacheMisses = features.Readable - features.CacheHits,
            Problems = features.Problems,
            Warnings = [.. dataset.Warnings, .. split.Warnings],
        };
        cancellationToken.ThrowIfCancellationRequested();
        Save(result, search.Head, split);
        return result with { TotalSeconds = Seconds(start) };
    }

    private void Save(TrainResult result, LinearHead head, TrainingSplit split)
    {
        ModelCard? card = null;
        ModelZip.Write(result.ModelPath, backbone, head, result.Classes, entry => card = TrainingCard.Of(result, backbone, options, split, entry));
        AtomicFile.Write(result.CardPath, stream => stream.Write(card!.ToJson()));
    }

    private double Seconds(long since) => options.Time.GetElapsedTime(since).TotalSeconds;
}
