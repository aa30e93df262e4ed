using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>
/// What the tool of commit fe555bb left in a folder: a stored backbone, the registry and the cache of two runs of <c>retrain pipelines/colors.json</c>,
/// a model of <c>train</c>, what <c>score --json</c> said of both, and a pipeline file with every key of that time.
/// </summary>
public sealed class EarlierArtifactTests() : EarlierArtifacts("fe555bb")
{
    [Theory]
    [InlineData("plain/model.zip", "plain/scores.jsonl")]
    [InlineData("registry/versions/0002/model.zip", "registry-scores.jsonl")]
    public void A_model_made_before_scores_as_it_did(string model, string scores) => AssertScoresAsBefore(At(model), scores);

    [Fact]
    public void The_card_of_a_model_made_before_is_read_whole()
    {
        ModelCard card = ModelCard.Parse(File.ReadAllBytes(At("registry", "versions", "0002", "card.json")));

        Assert.Equal(["green", "red"], card.Classes);
        Assert.Equal(("light", 3), (card.Augmentation!.Kind, card.Augmentation.CopiesPerImage));
        Assert.Equal(("small", 32), (card.Backbone.Name, card.Backbone.Input.Width));
        Assert.Equal(28, card.Data!.Classes.Values.Sum());
        Assert.NotNull(card.Metrics!.Test);
    }

    [Fact]
    public async Task A_registry_made_before_is_retrained_from_its_own_cache_and_rolled_back()
    {
        TrainingSettings pipeline = PipelineFile.Read(At("pipelines", "colors.json"));
        Assert.Equal("0002", Registry.CurrentName);

        RetrainResult result = await new Retrainer(pipeline, new RetrainOptions { Force = true }).RetrainAsync(cancellationToken: Stop);

        Assert.Equal(("0003", "0002"), (result.Version, result.ChampionVersion));
        Assert.Equal(0, result.Training.CacheMisses);
        Assert.Equal((0, 0, 0), (result.Changes!.Added, result.Changes.Removed, result.Changes.Relabeled));
        Assert.Equal(result.ChampionAccuracy, result.ChallengerAccuracy);
        using RegistryWriter writer = await RegistryWriter.OpenAsync(Registry.Folder, cancellationToken: Stop);
        Assert.Equal(result.Promoted ? "0002" : "0001", writer.Rollback("a test").Version);
    }

    [Fact]
    public async Task A_backbone_stored_before_is_whole_and_is_trained_with()
    {
        BackboneStore store = new(At("store"));

        StoredBackbone stored = await store.VerifyAsync(Assert.Single(store.List()).Name, Stop);
        TrainingSettings settings = new() { Data = [At("images")], Backbone = new BackboneSettings { Model = stored.Name } };
        TrainResult result = await new ImageTrainer(settings, new TrainOptions { Store = store }).TrainAsync(At("m.zip"), cancellationToken: Stop);

        Assert.Equal(("stored", 24), (stored.Name, stored.Card!.Outputs.Features.Width));
        Assert.Equal(["green", "red"], result.Classes);
    }

    [Fact]
    public void A_pipeline_file_made_before_means_what_it_meant()
    {
        string at = At("pipelines");

        TrainingSettings pipeline = PipelineFile.Read(Path.Combine(at, "every-key.json"));

        Assert.Equal(Path.Combine(at, "mine.onnx"), pipeline.Backbone.Model.Path!.Full);
        Assert.Equal(new BackbonePreprocessing(299, 224, [1, 2, 3], [0.5, 0.5, 1], "BGR"), pipeline.Backbone.Preprocessing);
        Assert.Equal([new ClassWeightSettings.LabelWeight("green", 0.5), new ClassWeightSettings.LabelWeight("red", 2)], pipeline.ClassWeights.ByLabel.OrderBy(weight => weight.Label, StringComparer.Ordinal));
        Assert.Equal(At("models"), pipeline.Registry!.Full);
        TrainingSettings expected = new()
        {
            Data =
            [
                new DatasetSource(SettingsPath.FromFile("../images", at)) { LabelFrom = DatasetSource.LabelFolder.Parent },
                new DatasetSource(SettingsPath.FromFile("list.csv", at), SplitPart.Test) { Columns = new DatasetSource.ManifestColumns { Path = "photo", Label = "species", Part = "use" } },
            ],
            Split = new SplitSettings { Validation = 0.2, Test = 0.15, Folds = 5, GroupBy = new DatasetSource.ImageGrouping("patient") },
            Backbone = pipeline.Backbone,
            Preprocessing = new PreprocessingSettings { Resize = ResizeMode.Pad },
            Augmentation = new AugmentationSettings { Kind = AugmentationKind.Light, Copies = 3 },
            Heads = new HeadSettings { Try = [HeadKind.Sdca], L2 = [1, 0.01], TimeBudgetSeconds = 60 },
            ClassWeights = pipeline.ClassWeights,
            Acceptance = new AcceptanceSettings { MinTestImages = 5 },
            Registry = pipeline.Registry,
            Cache = null,
            Seed = -3,
            Reports = new ReportSettings { Html = false },
        };
        Assert.Equal(expected, pipeline);
    }
}
