using InceptionMl.Backbones;
using InceptionMl.Backbones.Store;
using InceptionMl.Images;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training.Pipelines;

/// <summary>The one place where the settings of a pipeline and those of <see cref="ImageTrainer"/> meet.</summary>
public static class PipelineTraining
{
    /// <summary>The settings by which <see cref="ImageTrainer"/> repeats a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public static TrainOptions ToTrainOptions(this Pipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return new TrainOptions
        {
            ValidationFraction = pipeline.Split.Validation,
            TestFraction = pipeline.Split.Test,
            Head = pipeline.Heads.Try is [HeadKind only] ? only : HeadKind.Auto,
            L2Grid = pipeline.Heads.L2,
            BalanceClasses = pipeline.ClassWeights.Balanced,
            ClassWeights = pipeline.ClassWeights.ByLabel.ToDictionary(w => w.Label, w => w.Weight, StringComparer.Ordinal),
            Folds = pipeline.Split.Folds,
            TimeBudget = pipeline.Heads.TimeBudgetSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Augmentation = new AugmentationOptions { Kind = pipeline.Augmentation.Kind, Copies = pipeline.Augmentation.Views },
            Seed = pipeline.Seed,
            CacheFolder = pipeline.Cache?.Full,
        };
    }

    /// <summary>Opens the images of a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DatasetException">They cannot be read or cannot be trained on.</exception>
    public static ImageDataset OpenDataset(this Pipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return ImageDataset.Open(
            [.. pipeline.Sources.Select(source => new DatasetSource(source.Path.Full, source.Part) { Columns = source.Columns, LabelFrom = source.LabelFrom })],
            new DatasetOptions { Grouping = pipeline.Split.GroupBy },
            cancellationToken);
    }

    /// <summary>Opens the backbone of a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="store">Where a backbone given by its name is looked for; null knows the embedded one alone.</param>
    /// <exception cref="BackboneException">It is not there or cannot be used.</exception>
    public static Backbone OpenBackbone(this Pipeline pipeline, BackboneStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        PipelineBackbone backbone = pipeline.Backbone;
        BackbonePreprocessing? preprocessing = backbone.Preprocessing is { } f ? new BackbonePreprocessing(f.Width, f.Height, f.Offset, f.Scale, f.Channels) : null;
        return Backbone.Open(backbone.Path?.Full ?? backbone.Name, preprocessing, pipeline.Resize, store);
    }

    /// <summary>The pipeline that repeats a training run.</summary>
    /// <param name="options">How it is trained.</param>
    /// <param name="file">The file that the pipeline is for: its name is the pipeline's, its paths are relative to it.</param>
    /// <param name="images">The folder or the manifest; its path alone will do.</param>
    /// <param name="registry">The folder of the model registry.</param>
    /// <param name="backbone">As <see cref="Backbone.Open"/> takes it.</param>
    /// <param name="preprocessing">As <see cref="Backbone.Open"/> takes it.</param>
    /// <param name="mode">As <see cref="Backbone.Open"/> takes it.</param>
    /// <exception cref="PipelineException">A path cannot be written into a file.</exception>
    public static Pipeline ToPipeline(
        this TrainOptions options,
        string file,
        DatasetSource images,
        string registry,
        string? backbone = null,
        BackbonePreprocessing? preprocessing = null,
        ResizeMode? mode = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentNullException.ThrowIfNull(images);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return new Pipeline
        {
            Name = PipelineFile.NameOf(file),
            Schema = PipelineFile.SchemaName,
            Sources = [new PipelineSource { Path = PipelinePath.RelativeTo(images.Path, folder), Part = images.Part, Columns = images.Columns, LabelFrom = images.LabelFrom }],
            Split = new PipelineSplit { Validation = options.ValidationFraction, Test = options.TestFraction, Folds = options.Folds },
            Augmentation = new PipelineAugmentation { Kind = options.Augmentation.Kind, Views = options.Augmentation.Copies },
            Backbone = ToBackbone(backbone, preprocessing, folder),
            Resize = mode,
            Heads = new PipelineHeads
            {
                Try = options.Head == HeadKind.Auto ? [HeadKind.Lbfgs, HeadKind.Sdca] : [options.Head],
                L2 = [.. options.L2Grid],
                TimeBudgetSeconds = options.TimeBudget?.TotalSeconds,
            },
            ClassWeights = new PipelineClassWeights
            {
                Balanced = options.BalanceClasses,
                ByLabel = [.. (options.ClassWeights ?? new Dictionary<string, double>()).OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => new LabelWeight(w.Key, w.Value))],
            },
            Registry = PipelinePath.RelativeTo(registry, folder),
            Cache = options.CacheFolder is { } cache ? PipelinePath.RelativeTo(cache, folder) : null,
            Seed = options.Seed,
        };
    }

    private static PipelineBackbone ToBackbone(string? backbone, BackbonePreprocessing? preprocessing, string folder)
    {
        if (backbone is null || (!PipelineParser.IsPath(backbone) && !File.Exists(backbone)))
        {
            return new PipelineBackbone { Name = backbone ?? new PipelineBackbone().Name };
        }

        return new PipelineBackbone
        {
            Path = PipelinePath.RelativeTo(backbone, folder),
            Preprocessing = preprocessing is null ? null : new PipelinePreprocessing
            {
                Width = preprocessing.Width,
                Height = preprocessing.Height,
                Offset = [.. preprocessing.Offset],
                Scale = [.. preprocessing.Scale],
                Channels = preprocessing.Channels,
            },
        };
    }
}
