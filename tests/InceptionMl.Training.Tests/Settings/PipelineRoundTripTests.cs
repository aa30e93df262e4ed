using System.Text;
using CsCheck;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.TestSupport;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Tests.Settings;

public sealed class PipelineRoundTripTests
{
    private const long Iterations = 300;

    private static readonly Gen<string> Segment = Gen.OneOf(
        Gen.Char['a', 'e'].Array[1, 3].Select(c => new string(c)), Any("..", "ü ö", "none", "mine.onnx", "x\"y"));

    private static readonly Gen<string> Written = Gen.Select(Segment.Array[1, 4], Gen.Bool)
        .Select((parts, rooted) => (rooted ? "/" : "") + string.Join('/', parts));

    private static readonly Gen<string> Label = Any("a", "b\"c", "ü", "日本", "line\nbreak", "\u2028", "back\\slash", "💥", "*/", "//");

    private static readonly Gen<double> Positive = Gen.Double[1e-9, 1e5];

    private static readonly Gen<SplitSettings> Split = Gen.Select(Gen.Double[0, 0.49], Gen.Double[0, 0.49], Gen.Int[0, SplitSettings.MaxFolds], Label, Gen.Int[0, 2])
        .Select((validation, test, folds, column, group) => new SplitSettings
        {
            Validation = validation,
            Test = test,
            Folds = folds == 1 ? 0 : folds,
            GroupBy = group == 0 ? null : new DatasetSource.ImageGrouping(group == 1 ? null : column),
        });

    private static readonly Gen<HeadSettings> Heads = Gen.Select(Gen.Int[0, 3], Positive.Array[1, 5], Positive.Nullable())
        .Select((kinds, l2, budget) => new HeadSettings
        {
            Try = kinds switch { 0 => [HeadKind.Lbfgs], 1 => [HeadKind.Sdca], 2 => [HeadKind.Lbfgs, HeadKind.Sdca], _ => [HeadKind.Sdca, HeadKind.Lbfgs] },
            L2 = [.. l2.Distinct()],
            TimeBudgetSeconds = budget,
        });

    private static readonly Gen<ClassWeightSettings> Weights = Gen.Select(Gen.Bool, Gen.Select(Label, Gen.Double[1e-6, 1e6]).Array[0, 4])
        .Select((balanced, labels) => balanced
            ? new ClassWeightSettings { Balanced = true }
            : new ClassWeightSettings { ByLabel = [.. labels.DistinctBy(l => l.Item1).Select(l => new ClassWeightSettings.LabelWeight(l.Item1, l.Item2))] });

    private static readonly Gen<AcceptanceSettings> Acceptance = Gen.Select(
        Gen.Double[0.001, 0.999].Nullable(), Gen.Double[0.001, 2].Nullable(), Gen.Int[1, 1000], Gen.Int[0, 2])
        .Select((level, margin, images, undecided) => new AcceptanceSettings
        {
            Level = level,
            Margin = margin,
            MinTestImages = images,
            WhenUndecided = (Undecided)undecided,
            AgainstBest = undecided > 0,
        });

    private static readonly Gen<BackbonePreprocessing> Preprocessing = Gen.Select(Gen.Int[8, 4096], Gen.Double[-1e6, 1e6].Array[3], Positive.Array[3], Any("RGB", "BGR"))
        .Select((side, offset, scale, channels) => new BackbonePreprocessing(side, 8, offset, scale, channels) { CropFraction = side % 2 == 0 ? 1 : 0.875 });

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<TrainingSettings> Pipelines(string folder) => Gen.Select(
        Gen.Select(Written, Gen.Enum<SplitPart>().Nullable()).Array[1, 4],
        Split,
        Gen.Select(Written, Preprocessing, Gen.Int[0, 2]),
        Gen.Select(Any<ResizeMode?>(null, ResizeMode.Crop, ResizeMode.Pad, ResizeMode.Stretch), Gen.Enum<AugmentationKind>(), Gen.Int[1, 16]),
        Heads,
        Weights,
        Acceptance,
        Gen.Select(Written.Where(w => !w.EndsWith("none", StringComparison.Ordinal)), Gen.Int, Gen.Bool))
        .Select((sources, split, backbone, images, heads, weights, acceptance, rest) => new TrainingSettings
        {
            Data = [.. sources.Select(s => new DatasetSource(SettingsPath.FromFile(s.Item1, folder), s.Item2)).DistinctBy(s => s.Path.Full)],
            Split = split,
            Backbone = backbone.Item3 == 0 ? new BackboneSettings() : new BackboneSettings
            {
                Model = BackboneSettings.BackboneModel.FromPath(SettingsPath.FromFile("./" + backbone.Item1.TrimStart('/'), folder)),
                Preprocessing = backbone.Item3 == 1 ? null : backbone.Item2,
            },
            Preprocessing = new PreprocessingSettings { Resize = images.Item1 },
            Augmentation = new AugmentationSettings { Kind = images.Item2, Copies = images.Item2 == AugmentationKind.Light ? images.Item3 : 4 },
            Heads = heads,
            ClassWeights = weights,
            Acceptance = acceptance,
            Registry = SettingsPath.FromFile(rest.Item1, folder),
            Cache = rest.Item3 ? null : SettingsPath.FromFile("the/cache", folder),
            Seed = rest.Item2,
            Reports = new ReportSettings { Html = !rest.Item3 },
        })
        .Where(pipeline => !pipeline.Data.Any(images => pipeline.Registry!.IsIn(images.Path.Full) || pipeline.Cache?.IsIn(images.Path.Full) == true));

    [Fact]
    [Trait("Category", "Slow")]
    public void What_is_written_is_read_back_the_same()
    {
        using TemporaryFolder folder = new();
        string file = folder.At("any.json");
        Pipelines(folder.Path).Sample(
            pipeline =>
            {
                PipelineFile.Write(pipeline, file);
                Assert.Equal(pipeline, PipelineFile.Read(file));
            },
            iter: Iterations,
            threads: 1);
    }

    [Fact]
    public void A_pipeline_moved_to_another_folder_leads_to_the_same_places_by_relative_paths()
    {
        using TemporaryFolder folder = new();
        TrainingSettings pipeline = PipelineFile.Parse(Encoding.UTF8.GetBytes(PipelineSamples.Full), folder.At("a"), "x.json");

        PipelineFile.Write(pipeline, folder.At("b", "c", "x.json"));
        TrainingSettings moved = PipelineFile.Read(folder.At("b", "c", "x.json"));

        Assert.Equal("../../pictures", moved.Data[0].Path.Written);
        Assert.Equal("../../a/list.csv", moved.Data[1].Path.Written);
        Assert.Equal("../../a/mine.onnx", moved.Backbone.Model.Path!.Written);
        Assert.Equal(pipeline.Data.Select(s => s.Path.Full), moved.Data.Select(s => s.Path.Full));
        Assert.Equal(pipeline.Registry, moved.Registry);
    }

    [Fact]
    public void A_folder_called_none_is_a_folder()
    {
        using TemporaryFolder folder = new();
        PipelineFile.Write(Minimal(folder) with { Cache = SettingsPath.RelativeTo(folder.At("none"), folder.Path) }, folder.At("x.json"));

        Assert.Equal(folder.At("none"), PipelineFile.Read(folder.At("x.json")).Cache!.Full);
    }

    [Fact]
    public void What_a_file_cannot_say_is_not_written_and_what_stood_there_stays()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("x.json", "mine"u8.ToArray());

        Assert.Throws<PipelineException>(() => PipelineFile.Write(Minimal(folder) with { Split = new SplitSettings { Test = 0.95, Validation = 0.1 } }, file));
        Assert.Throws<PipelineException>(() => PipelineFile.Write(Minimal(folder) with { Heads = new HeadSettings { L2 = [] } }, file));
        Assert.Throws<PipelineException>(() => PipelineFile.Write(Minimal(folder) with { Data = [] }, file));
        Assert.Throws<PipelineException>(() => PipelineFile.Write(Minimal(folder) with { Augmentation = new AugmentationSettings { Copies = 2 } }, file));
        Assert.Throws<PipelineException>(() => PipelineFile.Write(
            Minimal(folder) with { ClassWeights = new ClassWeightSettings { Balanced = true, ByLabel = [new ClassWeightSettings.LabelWeight("a", 2)] } }, file));

        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Only_a_pipeline_is_replaced_unasked()
    {
        using TemporaryFolder folder = new();
        TrainingSettings pipeline = Minimal(folder);
        PipelineFile.Write(pipeline, folder.At("x.json"));
        string foreign = folder.Write("package.json", """{"name":"mine"}"""u8.ToArray());

        PipelineFile.CheckDestination(pipeline, folder.At("x.json"));
        PipelineFile.CheckDestination(pipeline, folder.At("new.json"));
        PipelineFile.CheckDestination(pipeline, foreign, replaceAnyFile: true);
        Assert.Contains(foreign, Assert.Throws<PipelineException>(() => PipelineFile.CheckDestination(pipeline, foreign)).Message, StringComparison.Ordinal);
        Assert.Throws<PipelineException>(() => PipelineFile.CheckDestination(pipeline, folder.Path, replaceAnyFile: true));
    }

    private static TrainingSettings Minimal(TemporaryFolder folder) => PipelineFile.Parse("""{"data":[{"path":"a"}]}"""u8, folder.Path, "x.json");
}
