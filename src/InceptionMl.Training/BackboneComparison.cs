using System.Numerics.Tensors;
using InceptionMl.Backbones;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Onnx.Editing.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>
/// Compares backbones on images of a dataset: features of a stratified sample, and a head cross-validated on them. Test images are
/// never looked at. The features are cached, so that the training that follows uses them again.
/// </summary>
/// <param name="settings">The images and how to train; its backbone is not looked at.</param>
/// <param name="options">What belongs to this machine and this run; null for the defaults.</param>
/// <param name="time">The clock; null is the system's.</param>
/// <example><code>
/// TrainingSettings settings = new() { Data = ["pictures"], Cache = "cache" };
/// BackboneComparison comparison = new(settings, new TrainOptions { Store = store });
/// IReadOnlyList&lt;BackboneFigures&gt; figures = await comparison.CompareAsync(comparison.FindAll());
/// Console.WriteLine(BackboneFigures.Choose(figures).Name);
/// </code></example>
public sealed class BackboneComparison(TrainingSettings settings, TrainOptions? options = null, TimeProvider? time = null)
{
    /// <summary>The number of images that backbones are compared on unless another is asked for.</summary>
    public const int DefaultImages = 600;

    /// <summary>The default of <see cref="FewestPerClass"/>.</summary>
    public const int DefaultFewestPerClass = 5;

    private const int Folds = 5;
    private const int TimedRuns = 3;

    private readonly TrainOptions options = options ?? new TrainOptions();
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Gets the images of a class that are used all the same where it has so many, however few are asked for.</summary>
    /// <value>The default is 5.</value>
    public int FewestPerClass { get; init; } = DefaultFewestPerClass;

    /// <summary>Finds all backbones that are at hand: the embedded one, those of packages and those of the store.</summary>
    public IReadOnlyList<BackboneSettings> FindAll() =>
    [
        .. new[] { Backbone.EmbeddedName }
            .Concat(options.Packaged.Select(packaged => packaged.Name))
            .Concat((options.Store?.List() ?? []).Where(stored => stored.Problem is null).Select(stored => stored.Name))
            .Distinct(StringComparer.Ordinal)
            .Select(name => new BackboneSettings { Model = BackboneSettings.BackboneModel.FromName(name) }),
    ];

    /// <summary>Compares backbones.</summary>
    /// <param name="backbones">The backbones and how they are used; one of them may come with several input sizes.</param>
    /// <param name="images">The most images to use; a class has <see cref="FewestPerClass"/> all the same.</param>
    /// <param name="planned">An optional sink that is told, before images are read, about how long the networks will take.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images and between steps of a head's search.</param>
    /// <returns>The figures of each backbone, in the order of <paramref name="backbones"/>.</returns>
    /// <exception cref="DatasetException">The images cannot be trained on.</exception>
    /// <exception cref="BackboneException">A backbone is not there or cannot be used.</exception>
    public async Task<IReadOnlyList<BackboneFigures>> CompareAsync(
        IReadOnlyList<BackboneSettings> backbones, int images = DefaultImages, IProgress<BackbonePlan>? planned = null, IProgress<FeatureProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backbones);
        ArgumentOutOfRangeException.ThrowIfLessThan(images, 1);
        settings.Validate();
        ImageDataset dataset = settings.OpenDataset(cancellationToken).Draw(images, FewestPerClass);
        dataset.RefuseMissing();
        List<(TrainingSettings Settings, Backbone Backbone, double Milliseconds)> opened = [];
        foreach (BackboneSettings backbone in backbones)
        {
            TrainingSettings own = settings with
            {
                Backbone = backbone,
                Split = settings.Split with { Folds = Folds },
                Heads = settings.Heads with { TimeBudgetSeconds = null },
            };
            Backbone network = own.OpenBackbone(options.Store, options.Packaged);
            opened.Add((own, network, TimeNetwork(network)));
        }

        int workers = options.Workers == 0 ? Environment.ProcessorCount : options.Workers;
        planned?.Report(new BackbonePlan(dataset.Samples.Count, TimeSpan.FromMilliseconds(opened.Sum(one => one.Milliseconds) * dataset.Samples.Count / workers)));
        List<BackboneFigures> figures = [];
        foreach ((TrainingSettings own, Backbone backbone, double milliseconds) in opened)
        {
            figures.Add(await MeasureAsync(own, backbone, milliseconds, dataset, progress, cancellationToken).ConfigureAwait(false));
        }

        return figures;
    }

    private async Task<BackboneFigures> MeasureAsync(
        TrainingSettings own, Backbone backbone, double milliseconds, ImageDataset dataset, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        using FeatureExtractor extractor = new(backbone, options.ToFeatureOptions(own), time);
        LabeledFeatures features = await LabeledFeatures.ExtractAsync(extractor, dataset, own.Split, progress, cancellationToken).ConfigureAwait(false);
        extractor.CommitCache();
        features = features.WithoutDoubtfulLabels();
        TrainingSplit split = TrainingSplit.Create(dataset, features, own, cancellationToken: cancellationToken);
        HeadTrainingSet rows = split.Set(SplitPart.Train).With(split.Set(SplitPart.Validation));
        HeadTrainingSet none = new(features.Features, [], []);
        HeadSearchResult search = HeadSearch.Run(rows, none, dataset.Classes.Count, new HeadOptions(own, time), null, cancellationToken);
        (int right, double[] losses) = Judge(search, features, rows, dataset.Classes.Count);
        return new BackboneFigures(losses)
        {
            Backbone = own.Backbone,
            InputWidth = backbone.Card.Input.Width,
            InputHeight = backbone.Card.Input.Height,
            Features = backbone.Card.Outputs.Features.Width,
            Right = right,
            Problems = features.Problems,
            MultiplyAdds = MultiplyAdds.Count(backbone.Network.Span, backbone.Card.Name),
            NetworkBytes = backbone.Network.Length,
            MillisecondsPerImage = milliseconds,
        };
    }

    private static (int Right, double[] Losses) Judge(HeadSearchResult search, LabeledFeatures features, HeadTrainingSet rows, int classes)
    {
        List<double> losses = [];
        int right = 0;
        float[] probabilities = new float[classes];
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            LinearHead? head = search.CrossValidation is { } folds ? folds.HeadOf(i) : search.Head;
            if (head is null)
            {
                continue;
            }

            head.Probabilities(features.Features.Row(rows.Rows[i]), probabilities);
            right += TensorPrimitives.IndexOfMax(probabilities) == rows.Labels[i] ? 1 : 0;
            losses.Add(ClassificationMetrics.LogLossOf(probabilities[rows.Labels[i]]));
        }

        return (right, [.. losses]);
    }

    // The fastest of a few runs: what others do on this machine makes the rest slower.
    private double TimeNetwork(Backbone backbone)
    {
        using FeatureNetwork network = FeatureNetwork.Open(backbone.Network, Subject.FromBackbone(backbone.Card.Name), backbone.Card.Outputs.Features.Width);
        using FeatureBuffers buffers = new(network);
        network.Run(buffers);
        return Enumerable.Range(0, TimedRuns).Min(_ =>
        {
            long start = time.GetTimestamp();
            network.Run(buffers);
            return time.GetElapsedTime(start).TotalMilliseconds;
        });
    }

    /// <summary>What a comparison of backbones will take.</summary>
    /// <param name="Images">The number of images.</param>
    /// <param name="Duration">About how long the networks take for those that are not in the cache.</param>
    public readonly record struct BackbonePlan(int Images, TimeSpan Duration);
}
