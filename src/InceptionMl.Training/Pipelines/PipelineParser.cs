using System.Text.Json;
using InceptionMl.Backbones.Internal;
using InceptionMl.Backbones.Store;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Heads;
using InceptionMl.Training.Pipelines.Json;

namespace InceptionMl.Training.Pipelines;

/// <summary>Turns the JSON of a pipeline file into a <see cref="Pipeline"/>, section by section.</summary>
internal sealed class PipelineParser(SourceText source, string folder, string name)
{
    /// <summary>The longest time budget, in seconds: a week.</summary>
    public const int LongestBudget = 7 * 24 * 60 * 60;

    /// <summary>Folds at most.</summary>
    public const int MostFolds = 20;

    private const int MostSources = 1000;
    private const int MostL2 = 64;
    private const double Largest = 1e6;
    private const int DefaultSeed = 1;

    private static readonly PipelineSplit DefaultSplit = new();
    private static readonly PipelineAugmentation DefaultAugmentation = new();
    private static readonly PipelineHeads DefaultHeads = new();
    private static readonly AcceptanceRules DefaultAcceptance = new();
    private static readonly PipelineReports DefaultReports = new();

    public Pipeline Parse(LocatedValue value)
    {
        Section root = Section.Open(source, value, "a pipeline", PipelineKeys.Pipeline);
        CheckVersion(root);
        Pipeline pipeline = new()
        {
            Name = name,
            Schema = root.Find("$schema") is { } schema ? root.TextOf(schema, "$schema") : null,
            Sources = Sources(root),
            Split = Split(root.Child("split", PipelineKeys.Split)),
            Backbone = Backbone(root.Child("backbone", PipelineKeys.Backbone)),
            Resize = Resize(root.Child("preprocessing", PipelineKeys.Preprocessing)),
            Augmentation = Augmentation(root.Child("augmentation", PipelineKeys.Augmentation)),
            Heads = Heads(root.Child("heads", PipelineKeys.Heads)),
            ClassWeights = ClassWeights(root),
            Acceptance = Acceptance(root.Child("acceptance", PipelineKeys.Acceptance)),
            Registry = root.Find("registry") is { } registry ? root.PathOf(registry, "registry", folder) : DefaultRegistry(folder, name),
            Cache = Cache(root),
            Seed = root.Whole("seed", DefaultSeed, new NumberRange(int.MinValue, int.MaxValue)),
            Reports = new PipelineReports { Html = root.Child("reports", PipelineKeys.Reports).Flag("html", DefaultReports.Html) },
        };
        return pipeline.Cache?.IsSameAs(pipeline.Registry) == true
            ? throw root.WrongAt(root.Find("registry") is null ? "cache" : "registry", "the registry and the cache are the same folder: give each its own")
            : PipelinePlaces.Problem(pipeline) is ({ } key, { } what)
            ? throw root.WrongAt(root.Find(key) is null ? "data" : key, what)
            : pipeline;
    }

    internal static PipelinePath DefaultRegistry(string folder, string name) => PipelinePath.Read("../artifacts/" + name, folder);

    internal static PipelinePath DefaultCache(string folder) => PipelinePath.Read("../artifacts/cache", folder);

    private static void CheckVersion(Section root)
    {
        int version = root.Whole("formatVersion", Pipeline.CurrentFormatVersion, new NumberRange(1, int.MaxValue));
        if (version > Pipeline.CurrentFormatVersion)
        {
            throw root.WrongAt("formatVersion", FormattableString.Invariant(
                $"this is format version {version}, and this program knows {Pipeline.CurrentFormatVersion}: use a newer one"));
        }
    }

    private ValueList<PipelineSource> Sources(Section root)
    {
        LocatedValue data = root.Need("data", "it lists where the images are, as in \"data\": [{ \"path\": \"../pictures\" }]");
        List<PipelineSource> sources = [];
        foreach (LocatedValue item in root.ItemsOf(data, "data", 1, MostSources))
        {
            Section one = Section.Open(source, item, "an item of \"data\"", PipelineKeys.Source);
            LocatedValue where = one.Need("path", "it names a folder of images or a manifest");
            PipelinePath path = one.PathOf(where, "path", folder);
            if (sources.FirstOrDefault(s => s.Path.IsSameAs(path)) is { } same)
            {
                throw one.Wrong(where, same.Path.Full == path.Full
                    ? $"{QuotedText.Quote(path.Written)} is listed twice: keep one of them"
                    : $"{QuotedText.Quote(path.Written)} leads to the same place as {QuotedText.Quote(same.Path.Written)}: keep one of them");
            }

            sources.Add(new PipelineSource
            {
                Path = path,
                Part = Named<SplitPart>(one.Choice("part", PipelineKeys.Parts, allowNull: true)),
                LabelFrom = Named<LabelFolder>(one.Choice("labelFrom", PipelineKeys.LabelFolders, allowNull: true)),
                Columns = Columns(one.Child("columns", PipelineKeys.Columns)),
            });
        }

        return [.. sources];
    }

    private static ManifestColumns Columns(Section columns)
    {
        string? Name(string key) => columns.Find(key) is { Kind: not JsonValueKind.Null } found ? columns.TextOf(found, key) : null;
        return new ManifestColumns { Path = Name("path"), Label = Name("label"), Part = Name("part") };
    }

    private PipelineSplit Split(Section split)
    {
        PipelineSplit parsed = new()
        {
            Validation = split.Number("validation", DefaultSplit.Validation, NumberRange.Fraction),
            Test = split.Number("test", DefaultSplit.Test, NumberRange.Fraction),
            Folds = split.Whole("folds", DefaultSplit.Folds, new NumberRange(0, MostFolds)),
            GroupBy = Grouping(split),
        };
        return parsed.Validation + parsed.Test >= 1
            ? throw split.WrongAt(
                split.Find("test") is null ? "validation" : "test", "\"validation\" and \"test\" leave nothing to train on: together they stay below 1")
            : parsed.Folds == 1
            ? throw split.WrongAt("folds", "one fold leaves nothing to train on: 0 is without cross-validation, 2 to 20 is with it")
            : parsed.GroupBy is not null && parsed.Folds == 0
            ? throw split.WrongAt("groupBy", "\"groupBy\" keeps images together in a fold, and there are none: set \"folds\" to 2 or more, or leave it out")
            : parsed;
    }

    private ImageGrouping? Grouping(Section split)
    {
        LocatedValue? found = split.Find("groupBy");
        if (found is null or { Kind: JsonValueKind.Null })
        {
            return null;
        }

        if (found is { Kind: JsonValueKind.String, Text: PipelineKeys.ByFolder })
        {
            return new ImageGrouping(Column: null);
        }

        if (found.Kind != JsonValueKind.Object)
        {
            throw split.Wrong(found, $"\"groupBy\" is null, \"folder\" or an object such as {{ \"column\": \"patient\" }}, not {Section.DescribeKind(found)}");
        }

        Section grouping = Section.Open(source, found, "\"groupBy\"", PipelineKeys.Grouping);
        return new ImageGrouping(grouping.TextOf(grouping.Need("column", "it names a column of the manifest"), "column"));
    }

    private PipelineBackbone Backbone(Section backbone)
    {
        LocatedValue? model = backbone.Find("model");
        if (model is null)
        {
            return backbone.Find("preprocessing") is { Kind: not JsonValueKind.Null }
                ? throw backbone.WrongAt("preprocessing", "\"preprocessing\" is for an ONNX file without a card: name the file as \"model\"")
                : new PipelineBackbone();
        }

        string written = backbone.TextOf(model, "model");
        PipelinePreprocessing? preprocessing = backbone.Find("preprocessing") is { Kind: not JsonValueKind.Null }
            ? Preprocessing(backbone.Child("preprocessing", PipelineKeys.BackbonePreprocessing))
            : null;
        if (IsPath(written))
        {
            return new PipelineBackbone { Path = backbone.PathOf(model, "model", folder), Preprocessing = preprocessing };
        }

        return !BackboneName.IsValid(written)
            ? throw backbone.Wrong(model, $"{QuotedText.Quote(written)} is neither the name of a backbone nor the path of an .onnx file")
            : preprocessing is not null
            ? throw backbone.WrongAt("preprocessing", $"\"preprocessing\" is for an ONNX file without a card, and {QuotedText.Quote(written)} is a name: leave it out")
            : new PipelineBackbone { Name = written };
    }

    // A name never looks like this, so the file need not be there to tell.
    internal static bool IsPath(string model) => model.Contains('/') || model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    private static PipelinePreprocessing Preprocessing(Section preprocessing)
    {
        const string Why = "an ONNX file without a card needs width, height, offset, scale and channels";
        NumberRange side = new(8, ImagePreprocessing.MaxSide);
        return new PipelinePreprocessing
        {
            Width = preprocessing.WholeOf(preprocessing.Need("width", Why), "width", side),
            Height = preprocessing.WholeOf(preprocessing.Need("height", Why), "height", side),
            Offset = PerChannel(preprocessing, preprocessing.Need("offset", Why), "offset"),
            Scale = PerChannel(preprocessing, preprocessing.Need("scale", Why), "scale"),
            Channels = preprocessing.ChoiceOf(preprocessing.Need("channels", Why), "channels", PipelineKeys.Channels),
        };
    }

    private static ValueList<double> PerChannel(Section preprocessing, LocatedValue list, string key) =>
        [.. preprocessing.ItemsOf(list, key, 3, 3).Select(item => preprocessing.NumberOf(item, key, new NumberRange(-Largest, Largest)))];

    private static ResizeMode? Resize(Section preprocessing) =>
        Named<ResizeMode>(preprocessing.Choice("resize", PipelineKeys.Resizes, allowNull: true));

    private static PipelineAugmentation Augmentation(Section augmentation)
    {
        PipelineAugmentation parsed = new()
        {
            Kind = Named<AugmentationKind>(augmentation.Choice("kind", PipelineKeys.Augmentations)) ?? DefaultAugmentation.Kind,
            Views = augmentation.Whole("views", DefaultAugmentation.Views, new NumberRange(1, 16)),
        };
        return augmentation.Find("views") is { } views && parsed.Kind != AugmentationKind.Light
            ? throw augmentation.Wrong(views, "\"views\" counts those of \"light\": set \"kind\" to \"light\", or leave \"views\" out")
            : parsed;
    }

    private static PipelineHeads Heads(Section heads)
    {
        HeadKind Kind(LocatedValue item) => Named<HeadKind>(heads.ChoiceOf(item, "try", PipelineKeys.Trainers))!.Value;
        ValueList<HeadKind> kinds = heads.Find("try") is { } list
            ? [.. heads.ItemsOf(list, "try", 1, PipelineKeys.Trainers.Count).Select(Kind)]
            : DefaultHeads.Try;
        ValueList<double> grid = heads.Find("l2") is { } l2
            ? [.. heads.ItemsOf(l2, "l2", 1, MostL2).Select(item => heads.NumberOf(item, "l2", NumberRange.Positive(Largest)))]
            : DefaultHeads.L2;
        return kinds.Distinct().Count() < kinds.Count ? throw heads.WrongAt("try", "\"try\" names a trainer twice: keep one of them")
            : grid.Distinct().Count() < grid.Count ? throw heads.WrongAt("l2", "\"l2\" has a number twice: keep one of them")
            : new PipelineHeads
            {
                Try = kinds,
                L2 = grid,
                TimeBudgetSeconds = heads.Find("timeBudgetSeconds") is { Kind: JsonValueKind.Null }
                    ? null
                    : heads.Find("timeBudgetSeconds") is { } budget ? heads.NumberOf(budget, "timeBudgetSeconds", NumberRange.Positive(LongestBudget)) : null,
            };
    }

    private static PipelineClassWeights ClassWeights(Section root)
    {
        LocatedValue? found = root.Find("classWeights");
        if (found is null)
        {
            return new PipelineClassWeights();
        }

        if (found.Kind != JsonValueKind.Object)
        {
            return new PipelineClassWeights { Balanced = root.ChoiceOf(found, "classWeights", PipelineKeys.Balances) == "weights" };
        }

        return found.Members.GroupBy(m => CanonicalText.Compose(m.Name), StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw root.Wrong(twice.Last().Value, $"\"classWeights\" has {QuotedText.Quote(twice.Key)} twice, composed and decomposed: keep one of them")
            : found.Members.FirstOrDefault(m => m.Name.Length == 0) is { } nameless
            ? throw root.Wrong(nameless.Value, "a label of \"classWeights\" is empty")
            : found.Members.Count == 0
            ? throw root.Wrong(found, "\"classWeights\" names no label: give some a weight, or say \"none\"")
            : new PipelineClassWeights
            {
                ByLabel = [.. found.Members.Select(m => new LabelWeight(CanonicalText.Compose(m.Name), root.NumberOf(m.Value, m.Name, new NumberRange(TrainOptions.LowestClassWeight, TrainOptions.HighestClassWeight))))],
            };
    }

    private static AcceptanceRules Acceptance(Section acceptance) => new()
    {
        Significance = acceptance.NumberOrOff("significance", DefaultAcceptance.Significance, NumberRange.Level),
        MaxRecallLoss = acceptance.NumberOrOff("maxRecallLoss", DefaultAcceptance.MaxRecallLoss, NumberRange.Share),
        MinTestImages = acceptance.Whole("minTestImages", DefaultAcceptance.MinTestImages, new NumberRange(1, Largest)),
        MaxEceIncrease = acceptance.NumberOrOff("maxEceIncrease", DefaultAcceptance.MaxEceIncrease, NumberRange.Share),
    };

    private PipelinePath? Cache(Section root) => root.Find("cache") switch
    {
        null => DefaultCache(folder),
        { Kind: JsonValueKind.String, Text: PipelineKeys.NoCache } => null,
        LocatedValue found => root.PathOf(found, "cache", folder),
    };

    private static TEnum? Named<TEnum>(string? text)
        where TEnum : struct, Enum => text is null ? null : Enum.Parse<TEnum>(text, ignoreCase: true);
}
