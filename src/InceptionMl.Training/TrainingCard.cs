using System.Reflection;
using System.Text.Json;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Training;

/// <summary>The model card of a training run.</summary>
internal static class TrainingCard
{
    public static ModelCard Create(TrainResult result, Backbone backbone, TrainingSettings settings, TrainingSplit split, string networkEntry, DateTimeOffset created) => new()
    {
        Kind = ModelCard.ImageClassifier,
        FormatVersion = ModelCard.CurrentFormatVersion,
        Created = created,
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
            Balance = settings.ClassWeights.Balanced ? ClassWeightSettings.BalancingWeights : ClassWeightSettings.NoWeights,
            ClassWeights = settings.ClassWeights.ByLabel.Count == 0 ? null : settings.ClassWeights.ByLabel.ToDictionary(w => w.Label, w => w.Weight, StringComparer.Ordinal),
        },
        Augmentation = new ModelAugmentation
        {
            Kind = SettingsJson.Word(settings.Augmentation.Kind),
            CopiesPerImage = settings.Augmentation.CopiesPerImage,
        },
        Data = new ModelData
        {
            Fingerprint = split.Fingerprint,
            ValidationFraction = settings.Split.Validation,
            TestFraction = settings.Split.Test,
            Images = new Dictionary<string, int>
            {
                ["train"] = result.Images.Train,
                ["validation"] = result.Images.Validation,
                ["test"] = result.Images.Test,
                ["unreadable"] = result.Images.Unreadable,
            },
            Classes = split.ImagesByClass,
            Sharpness = result.Sharpness,
            LabelFrom = Only(settings)?.LabelFrom is { } folder ? SettingsJson.Word(folder) : null,
            PathColumn = Only(settings)?.Columns.Path,
            LabelColumn = Only(settings)?.Columns.Label,
            PartColumn = Only(settings)?.Columns.Part,
        },
        Metrics = new ModelMetrics { Validation = result.Validation.ToFigures(), ValidationNote = result.ValidationNote, Test = result.Test.ToFigures() },
        Unknown = result.Unknown,
        Calibration = result.Calibration,
        Sets = result.Sets,
        Search = Search(result.Candidates),
        Compared = result.Compared.Count == 0 ? null : [.. result.Compared.Select(one => one.ToCard())],
        Versions = Versions(),
        Seconds = new Dictionary<string, double>
        {
            ["featurize"] = result.FeaturizeSeconds,
            ["head"] = result.HeadSeconds,
        },
        Seed = settings.Seed,
        Settings = SettingsToShip(settings, Path.GetDirectoryName(Path.GetFullPath(result.ModelPath))!),
        MlNetInput = MlNetLoader.Describe(backbone.Preprocessing),
    };

    // A model is shipped: it tells what its images were called, and nothing of the folders of the machine it was made on.
    private static JsonElement SettingsToShip(TrainingSettings settings, string folder)
    {
        string[] names = [.. settings.Data.Select(source => Path.GetFileName(source.Path.Full))];
        bool areDistinct = names.Distinct(RealPath.Comparer).Count() == names.Length;
        return SettingsJson.ToElement(
            settings with
            {
                Data =
                [
                    .. settings.Data.Select((source, i) => source with
                    {
                        Path = SettingsPath.FromFile(areDistinct && names[i].Length > 0 ? names[i] : FormattableString.Invariant($"{i + 1}/{names[i]}"), folder),
                    }),
                ],
                Backbone = settings.Backbone.Model.Path is { } network
                    ? settings.Backbone with { Model = BackboneSettings.BackboneModel.FromPath(SettingsPath.FromFile(Path.GetFileName(network.Full), folder)) }
                    : settings.Backbone,
                Decisions = settings.Decisions.Background is { } foreign
                    ? settings.Decisions with { Background = SettingsPath.FromFile(Path.GetFileName(foreign.Full), folder) }
                    : settings.Decisions,
                Registry = null,
                Cache = null,
            },
            folder);
    }

    /// <summary>The name of this library among a card's versions.</summary>
    public const string LibraryName = "InceptionMl";

    /// <summary>Gets the version of this library.</summary>
    public static string LibraryVersion => VersionOf(typeof(TrainingCard));

    private static DatasetSource? Only(TrainingSettings settings) => settings.Data is [DatasetSource only] ? only : null;

    /// <summary>The candidates in the order they were tried; of more than a card lists, those of the lowest log loss.</summary>
    private static ModelCandidate[] Search(IReadOnlyList<ModelCandidate> candidates)
    {
        HashSet<int> listed = [.. Enumerable.Range(0, candidates.Count)
            .OrderByDescending(i => candidates[i].Chosen)
            .ThenBy(i => candidates[i].LogLoss)
            .Take(ModelCard.MaxCandidates)];
        return [.. candidates.Where((_, i) => listed.Contains(i)).Select(candidate => candidate with { Seconds = Math.Round(candidate.Seconds, 3) })];
    }

    private static Dictionary<string, string> Versions() => new()
    {
        [LibraryName] = LibraryVersion,
        ["Microsoft.ML"] = VersionOf(typeof(MLContext)),
        ["OnnxRuntime"] = VersionOf(typeof(InferenceSession)),
        ["SkiaSharp"] = VersionOf(typeof(SkiaSharp.SKCodec)),
        [".NET"] = Environment.Version.ToString(),
    };

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? type.Assembly.GetName().Version!.ToString();
}
