using InceptionMl.Backbones;
using InceptionMl.Models;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training;

/// <summary>
/// Trains a classifier on labeled images: features by the backbone, a split by content, a head searched on the validation images
/// and fitted on training and validation images together, measured on the test images, saved as one zip. Where augmentation is asked for,
/// the training images, and they alone, are fitted on in several copies; validation images join the last fit as they are.
/// </summary>
/// <param name="backbone">The backbone to run.</param>
/// <param name="options">The options, or null for the defaults.</param>
public sealed class ImageTrainer(Backbone backbone, TrainOptions? options = null)
{
    private readonly TrainOptions options = options ?? new TrainOptions();

    /// <summary>Trains and saves a model.</summary>
    /// <param name="images">A folder or a manifest; its path alone will do.</param>
    /// <param name="modelPath">The zip to write; the card goes beside it as .json. Neither appears before it is complete.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="headProgress">An optional progress sink that is invoked while the head is searched and fitted.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images and between steps of the head's search.</param>
    /// <exception cref="DatasetException">The images cannot be trained on; the message says why and what to do.</exception>
    /// <exception cref="ArgumentException">The folds or the time budget are out of range.</exception>
    /// <exception cref="ModelFormatException">The backbone's network cannot be run, or the file at the model's place is no model.</exception>
    public async Task<TrainResult> TrainAsync(
        DatasetSource images,
        string modelPath,
        IProgress<FeatureProgress>? progress = null,
        IProgress<HeadProgress>? headProgress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        long start = options.Time.GetTimestamp();
        ModelDestination.Check(modelPath, options.ReplaceAnyFile);
        ModelDestination.CheckSpace(modelPath, backbone.Network.Length);
        ImageDataset dataset = ImageDataset.Open(images, cancellationToken: cancellationToken);
        using TrainingRun run = new(backbone, options, dataset);
        LabeledFeatures features = await run.ExtractAsync(progress, cancellationToken).ConfigureAwait(false);
        await run.SplitAsync(features, frozen: null, progress, cancellationToken).ConfigureAwait(false);
        TrainResult result = run.Fit(modelPath, ModelDestination.CardPath(modelPath), options.WarmStart, headProgress, cancellationToken);
        result = result with { Balanced = run.FitBalanced(result, cancellationToken) };
        cancellationToken.ThrowIfCancellationRequested();
        run.Save(modelPath, ModelDestination.CardPath(modelPath));
        return result with { TotalSeconds = options.Time.GetElapsedTime(start).TotalSeconds };
    }
}
