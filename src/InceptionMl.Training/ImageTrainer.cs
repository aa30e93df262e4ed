using InceptionMl.Backbones;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>
/// Trains a classifier on labeled images: features by the backbone, a split by content, a head searched on the validation images
/// and fitted on training and validation images together, measured on the test images, saved as one zip. Where augmentation is asked for,
/// the training images, and they alone, are fitted on in several copies; validation images join the last fit as they are.
/// </summary>
/// <param name="settings">The images, the backbone, and how to train.</param>
/// <param name="options">What belongs to this machine and this run; null for the defaults.</param>
/// <param name="time">The clock that timings and the card's date are read from; null is the system's.</param>
/// <example><code>
/// TrainingSettings settings = new() { Data = ["pictures"], Cache = "cache" };
/// TrainResult result = await new ImageTrainer(settings).TrainAsync("model.zip");
/// Console.WriteLine($"{result.Test.Accuracy:P1} of {result.Test.Images} test images are right.");
/// </code></example>
public sealed class ImageTrainer(TrainingSettings settings, TrainOptions? options = null, TimeProvider? time = null)
{
    private readonly TrainOptions options = OptionsCheck.Validated(options);
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Trains and saves a model.</summary>
    /// <param name="modelPath">The zip to write; the card goes beside it as .json. Neither appears before it is complete.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="headProgress">An optional progress sink that is invoked while the head is searched and fitted.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images and between steps of the head's search.</param>
    /// <exception cref="DatasetException">The images cannot be trained on; the message says why and what to do.</exception>
    /// <exception cref="PipelineException">A setting is out of its range; the message says which.</exception>
    /// <exception cref="BackboneException">The backbone is not there or cannot be used.</exception>
    /// <exception cref="ModelFormatException">The backbone's network cannot be run, or the file at the model's place is no model.</exception>
    public async Task<TrainResult> TrainAsync(
        string modelPath,
        IProgress<FeatureProgress>? progress = null,
        IProgress<HeadProgress>? headProgress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        long start = time.GetTimestamp();
        settings.Validate();
        Backbone backbone = settings.OpenBackbone(options.Store, options.Packaged);
        ModelDestination.Check(modelPath, options.ReplaceAnyFile);
        ModelDestination.CheckSpace(modelPath, backbone.Network.Length);
        ImageDataset dataset = settings.OpenDataset(cancellationToken);
        using TrainingRun run = new(backbone, settings, options.ToFeatureOptions(settings), dataset, time);
        IReadOnlyList<Diagnostic> found = options.Check ? await run.CheckAsync(cancellationToken).ConfigureAwait(false) : [];
        foreach (Diagnostic diagnostic in found)
        {
            options.Found?.Report(diagnostic);
        }

        LabeledFeatures features = await run.ExtractAsync(progress, cancellationToken).ConfigureAwait(false);
        TrainingData data = await run.SplitAsync(features, frozen: null, drawn: null, progress, cancellationToken).ConfigureAwait(false);
        TrainedHead trained = run.Fit(data, options.WarmStart, headProgress, cancellationToken);
        TrainResult result = run.Evaluate(trained, modelPath, ModelDestination.CardPath(modelPath));
        result = result with { Diagnostics = [.. found, .. result.Diagnostics] };
        result = result with { Balanced = run.FitBalanced(data, result, cancellationToken), Compared = options.Compared };
        cancellationToken.ThrowIfCancellationRequested();
        run.Save(trained, result, modelPath, result.CardPath);
        if (options.Review)
        {
            result = result with { Review = await run.ReviewAsync(trained, progress, cancellationToken).ConfigureAwait(false) };
        }

        return result with { TotalSeconds = time.GetElapsedTime(start).TotalSeconds };
    }
}
