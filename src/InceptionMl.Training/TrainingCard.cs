using System.Reflection;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Heads;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Training;

/// <summary>The model card of a training run.</summary>
internal static class TrainingCard
{
    public static ModelCard Create(TrainResult result, Backbone backbone, TrainOptions options, TrainingSplit split, DatasetSource? source, string networkEntry) => new()
    {
        Kind = ModelCard.ImageClassifier,
        FormatVersion = ModelCard.CurrentFormatVersion,
        Created = options.Time.GetUtcNow(),
        Classes = result.Classes,
        Temperature = 1,
        Preprocessing = new ModelPreprocessing
        {
            Version = ImagePreprocessing.Version,
            Width = backbone.Preprocessing.Width,
            Height = backbone.Preprocessing.Height,
            Mode = backbone.Preprocessing.Mode,
        },
        Network = new ModelNetwork { Entry = networkEntry, Sha256 = backbone.Digest },

        // The zip's network computes features alone; the weights' own classifier stays behind.
        Backbone = backbone.Card with { Outputs = backbone.Card.Outputs with { Logits = null } },
        Head = new ModelHead
        {
            Entry = ModelPackage.HeadEntry,
            Trainer = result.Trainer,
            L2 = result.L2,
            Balance = options.BalanceClasses ? "weights" : "none",
            ClassWeights = options.ClassWeights,
        },
        Augmentation = new ModelAugmentation
        {
            Kind = options.Augmentation.Kind.ToString().ToLowerInvariant(),
            CopiesPerImage = options.Augmentation.CopiesPerImage,
        },
        Data = new ModelData
        {
            Fingerprint = split.Fingerprint,
            ValidationFraction = options.ValidationFraction,
            TestFraction = options.TestFraction,
            Images = new Dictionary<string, int>
            {
                ["train"] = result.Images.Train,
                ["validation"] = result.Images.Validation,
                ["test"] = result.Images.Test,
                ["unreadable"] = result.Images.Unreadable,
            },
            Classes = split.ImagesByClass,
            LabelFrom = source?.LabelFrom?.ToString().ToLowerInvariant(),
            PathColumn = source?.Columns.Path,
            LabelColumn = source?.Columns.Label,
            PartColumn = source?.Columns.Part,
        },
        Metrics = new ModelMetrics { Validation = result.Validation.ToFigures(), ValidationNote = result.ValidationNote, Test = result.Test.ToFigures() },
        Search = Search(result.Candidates),
        Versions = Versions(),
        Seconds = new Dictionary<string, double>
        {
            ["featurize"] = result.FeaturizeSeconds,
            ["head"] = result.HeadSeconds,
        },
        Seed = options.Seed,
        MlNetInput = MlNetLoader.Describe(backbone.Preprocessing),
    };

    /// <summary>The candidates in the order they were tried; of more than a card lists, those of the lowest log loss.</summary>
    private static ModelCandidate[] Search(IReadOnlyList<HeadCandidate> candidates)
    {
        HashSet<int> listed = [.. Enumerable.Range(0, candidates.Count)
            .OrderByDescending(i => candidates[i].Chosen)
            .ThenBy(i => candidates[i].LogLoss)
            .Take(ModelCard.MaxCandidates)];
        return [.. candidates.Where((_, i) => listed.Contains(i)).Select(candidate => new ModelCandidate
        {
            Trainer = candidate.Trainer,
            L2 = candidate.L2,
            Judge = candidate.Judge,
            LogLoss = Number(candidate.LogLoss),
            LogLossDeviation = Number(candidate.LogLossDeviation),
            Accuracy = Number(candidate.Accuracy),
            AccuracyDeviation = Number(candidate.AccuracyDeviation),
            Iterations = candidate.Iterations,
            Seconds = Math.Round(candidate.Seconds, 3),
            Stopped = candidate.Stopped,
            Chosen = candidate.Chosen,
        })];
    }

    private static double? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static Dictionary<string, string> Versions() => new()
    {
        ["InceptionMl"] = VersionOf(typeof(TrainingCard)),
        ["Microsoft.ML"] = VersionOf(typeof(MLContext)),
        ["OnnxRuntime"] = VersionOf(typeof(InferenceSession)),
        ["SkiaSharp"] = VersionOf(typeof(SkiaSharp.SKCodec)),
        [".NET"] = Environment.Version.ToString(),
    };

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? type.Assembly.GetName().Version!.ToString();
}
