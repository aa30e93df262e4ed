using System.IO.Compression;
using InceptionMl.Backbones;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;
using InceptionMl.Scoring.Explanations.Internal;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Training.Tests.Datasets;

/// <summary>A folder of images in which training, scoring and explaining have left what they write.</summary>
public sealed class OwnOutputsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Training_twice_into_the_images_and_explaining_between_gives_the_same_classes()
    {
        foreach ((string label, int color) in (ReadOnlySpan<(string, int)>)[("red", 0), ("green", 1)])
        {
            for (int i = 0; i < 12; i++)
            {
                folder.Write($"{label}/{i}.png", RetrainScene.Picture(color, i));
            }
        }

        string model = folder.At("artifacts", "set.zip");
        TrainResult first = await TrainAsync(model);
        using (ImageScorer scorer = ImageScorer.Open(model))
        {
            byte[] image = RetrainScene.Picture(0, 0);
            byte[] overlay = HeatOverlay.Png(image, scorer.Explain(folder.At("red", "0.png"), null, Stop));
            folder.Write("artifacts/heat.png", overlay);
            folder.Write("red/heat.png", overlay);
            folder.Write("heat.png", overlay);
        }

        TrainResult second = await TrainAsync(model);

        Assert.Equal(["green", "red"], first.Classes);
        Assert.Equal(first.Classes, second.Classes);
        Assert.Equal(first.Images with { Ignored = 2 }, second.Images);
        Assert.DoesNotContain(second.Diagnostics, warning => warning.Message.Contains("artifacts", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_holds_nothing_but_overlays_is_no_class()
    {
        Classes();
        folder.Write("heat/1.png", OverlayMark.Add(RetrainScene.Picture(0, 1)));
        folder.Write("heat/2.png", OverlayMark.Add(RetrainScene.Picture(0, 2)));

        Assert.Equal(["bolt", "nut"], TestDatasets.Open(folder.Path).Classes);
        Assert.Equal(4, TestDatasets.Inputs([folder.Path]).Count());
    }

    [Fact]
    public void An_overlay_is_still_a_png_file_that_can_be_scored_when_it_is_named()
    {
        string overlay = folder.Write("1.png", OverlayMark.Add(RetrainScene.Picture(0, 1)));

        Assert.Equal(overlay, Assert.Single(TestDatasets.Inputs([overlay])).Path);
        using SkiaSharp.SKBitmap bitmap = SkiaSharp.SKBitmap.Decode(overlay);
        Assert.Equal(32, bitmap.Width);
    }

    [Theory]
    [InlineData("scores.csv", "path,label,probability,error,bolt,nut\n")]
    [InlineData("scores.csv", "path,id,label,probability,outcome,error\n")]
    [InlineData("features.csv", "path,sha256,label,f0,f1\n")]
    [InlineData("scores.json", "{\"path\":\"a.jpg\",\"label\":\"bolt\"}\n")]
    [InlineData("scores.jsonl", "{\"path\":\"a.jpg\",\"error\":\"is empty\"}\n")]
    [InlineData("report.html", "<!doctype html><meta name=\"generator\" content=\"InceptionMl\">")]
    [InlineData("deep/er/features.csv", "path,sha256,label,f0\n")]
    public void A_folder_of_results_is_no_class(string name, string text)
    {
        Classes();
        folder.Text($"results/{name}", text);

        Assert.Equal(["bolt", "nut"], TestDatasets.Open(folder.Path).Classes);
    }

    [Fact]
    public async Task A_registry_a_cache_a_backbone_and_a_pipeline_are_no_classes()
    {
        Classes();
        Directory.CreateDirectory(folder.At("registry", "versions", "0001"));
        await SmallVersion.WriteAsync(folder.At("registry", "versions", "0001"));
        FeatureCache.Open(folder.At("work", "cache"), TimeProvider.System).Dispose();
        folder.Write("backbones/mine/mine.json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Backbone.Embedded().Card, CardJson.Default.BackboneCard));
        folder.Write("backbones/mine/mine.onnx", [1, 2, 3]);
        folder.Text("pipelines/p.json", $$"""{ "$schema": "{{PipelineFile.SchemaName}}", "data": [] }""");

        Assert.Equal(["bolt", "nut"], TestDatasets.Open(folder.Path).Classes);
        Assert.Empty(TestDatasets.Open(folder.Path).Diagnostics);
    }

    [Fact]
    public void A_cache_whose_process_was_killed_is_no_class()
    {
        Classes();
        folder.Text("artifacts/cache/features.sqlite", "");
        folder.Text("artifacts/cache/features.sqlite-wal", "");

        Assert.Equal(["bolt", "nut"], TestDatasets.Open(folder.Path).Classes);
    }

    [Fact]
    public void A_class_called_artifacts_that_holds_photographs_stays_a_class()
    {
        Classes();
        folder.Images("artifacts/1.jpg", "artifacts/2.jpg");
        FeatureCache.Open(folder.At("artifacts", "cache"), TimeProvider.System).Dispose();

        Assert.Equal(["artifacts", "bolt", "nut"], TestDatasets.Open(folder.Path).Classes);
    }

    [Fact]
    public void A_class_in_whose_folder_its_model_was_put_stays_a_class()
    {
        Classes();
        Model("bolt/model.zip");

        ImageDataset dataset = TestDatasets.Open(folder.Path);

        Assert.Equal(["bolt", "nut"], dataset.Classes);
        Assert.Equal(4, dataset.Samples.Count);
        Assert.Empty(dataset.Diagnostics);
    }

    [Fact]
    public void A_folder_of_models_of_other_classes_is_left_out_and_its_images_are_counted()
    {
        Classes();
        Model("models/model.zip");
        folder.Images("models/shot 1.jpg", "models/shot 2.jpg");

        ImageDataset dataset = TestDatasets.Open(folder.Path);

        Assert.Equal(["bolt", "nut"], dataset.Classes);
        Assert.Equal(
            $"'{folder.Path}/models' holds a model and is none of its classes, so it was not taken for a class; it holds 2 images.", Assert.Single(dataset.Diagnostics).Message);
    }

    [Fact]
    public void A_model_in_the_training_part_leaves_the_parts_as_they_are()
    {
        folder.Images("train/bolt/1.jpg", "train/bolt/2.jpg", "train/nut/1.jpg", "train/nut/2.jpg", "test/bolt/3.jpg", "test/nut/3.jpg");
        Model("train/model.zip");
        Model("test/out/model.zip");

        ImageDataset dataset = TestDatasets.Open(folder.Path);

        Assert.Equal(DatasetLayout.Parts, dataset.Layout);
        Assert.Equal(["bolt", "nut"], dataset.Classes);
        Assert.Equal(6, dataset.Samples.Count);
        Assert.Empty(dataset.Diagnostics);
    }

    [Fact]
    public void Photographs_that_are_linked_into_a_folder_beside_a_cache_stay_a_class()
    {
        Classes();
        folder.LinkOrSkip("linked/1.jpg", folder.At("bolt", "1.jpg"));
        folder.LinkOrSkip("linked/more", folder.At("nut"));
        FeatureCache.Open(folder.At("linked", "cache"), TimeProvider.System).Dispose();

        Assert.Equal(["bolt", "linked", "nut"], TestDatasets.Open(folder.Path).Classes);
    }

    [Fact]
    public async Task Unlabeled_images_beside_the_cache_of_an_earlier_run_are_featurized_again()
    {
        for (int i = 0; i < 3; i++)
        {
            folder.Write($"{i}.png", RetrainScene.Picture(0, i));
        }

        FeatureOptions options = new() { CacheFolder = folder.At("artifacts", "cache") };
        for (int run = 0; run < 2; run++)
        {
            FeatureExportResult result = await FeatureExport.WriteAsync(Backbone.Embedded(), folder.Path, folder.At("out", "features.csv"), options, cancellationToken: Stop);
            Assert.Equal((3, 3 * run), (result.Images, result.CacheHits));
        }
    }

    private Task<TrainResult> TrainAsync(string model) =>
        new ImageTrainer(new TrainingSettings { Data = [folder.Path], Cache = folder.At("artifacts", "cache") }).TrainAsync(model, cancellationToken: Stop);

    private void Classes() => folder.Images("bolt/1.jpg", "bolt/2.jpg", "nut/1.jpg", "nut/2.jpg");

    // Of the classes bolt and nut.
    private void Model(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        using ZipArchive zip = ZipFile.Open(folder.At(path), ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in (ReadOnlySpan<(string, byte[])>)[(ModelPackage.CardEntry, SmallVersion.Card(1).ToJson()), (ModelPackage.HeadEntry, []), ("network", [])])
        {
            using Stream entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }
    }
}
