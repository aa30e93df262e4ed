using System.Text;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Importing;
using InceptionMl.Batch;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Models.Registry;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests;

/// <summary>What a program learns from an exception without reading its message: which file, and what kind of trouble.</summary>
public sealed class ErrorPathTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null, ImageRefusal.Unreadable)]
    [InlineData("", ImageRefusal.Empty)]
    [InlineData("plain text", ImageRefusal.NotAnImage)]
    [InlineData("GIF89a", ImageRefusal.Damaged)]
    public async Task An_image_that_cannot_be_scored(string? content, ImageRefusal reason)
    {
        string path = content is null ? folder.At("none.png") : folder.Write("image.png", Encoding.ASCII.GetBytes(content));
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ImageSource named = ImageSource.FromFile(path, "the third image");

        ImageRefusedException refused = await Assert.ThrowsAsync<ImageRefusedException>(() => scorer.ScoreAsync(named, Stop));

        Assert.Equal((path, reason), (refused.Path, refused.Reason));
        Assert.StartsWith("the third image ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(path, Assert.Throws<ImageRefusedException>(() => scorer.Score(path, Stop)).Path);
        Assert.Equal(path, Assert.Throws<ImageRefusedException>(() => scorer.Explain(path, cancellationToken: Stop)).Path);
    }

    [Fact]
    public void An_image_in_memory_that_cannot_be_scored()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);

        ImageRefusedException refused = Assert.Throws<ImageRefusedException>(() => scorer.Score("text"u8.ToArray(), Stop));

        Assert.Equal((null, ImageRefusal.NotAnImage), (refused.Path, refused.Reason));
    }

    [Theory]
    [InlineData("text", ModelErrorReason.Damaged)]
    [InlineData("<html>", ModelErrorReason.NotAModel)]
    public void A_model_that_cannot_be_opened(string content, ModelErrorReason reason)
    {
        string path = folder.Write("model.zip", Encoding.ASCII.GetBytes(content));

        ModelFormatException refused = Assert.Throws<ModelFormatException>(() => ImageScorer.Open(path));

        Assert.Equal((path, reason), (refused.Path, refused.Reason));
    }

    [Theory]
    [InlineData("none", DatasetErrorReason.NotFound)]
    [InlineData("empty", DatasetErrorReason.TooFewImages)]
    [InlineData("one", DatasetErrorReason.TooFewImages)]
    [InlineData("nested", DatasetErrorReason.NestedFolders)]
    [InlineData("columns.csv", DatasetErrorReason.Columns)]
    [InlineData("rows.csv", DatasetErrorReason.TooFewImages)]
    [InlineData("gone.csv", DatasetErrorReason.NotFound)]
    [InlineData("archive.csv", DatasetErrorReason.Unusable)]
    public async Task Images_that_cannot_be_trained_on(string source, DatasetErrorReason reason)
    {
        Directory.CreateDirectory(folder.At("empty"));
        folder.Write("one/only/a.png", RetrainScene.Picture(0, 1));
        folder.Write("nested/images/a/1.png", RetrainScene.Picture(0, 1));
        folder.Write("nested/images/b/2.png", RetrainScene.Picture(1, 2));
        folder.Write("columns.csv", "left,right\n1,2\n"u8.ToArray());
        folder.Write("rows.csv", "path,label\n"u8.ToArray());
        folder.Write("gone.csv", "path,label\n1.png,a\n2.png,a\n3.png,b\n4.png,b\n"u8.ToArray());
        folder.Write("archive.csv", "PK\u0003\u0004"u8.ToArray());
        ImageTrainer trainer = new(new TrainingSettings { Data = [new(folder.At(source))] });

        DatasetException refused = await Assert.ThrowsAsync<DatasetException>(() => trainer.TrainAsync(folder.At("model.zip"), cancellationToken: Stop));

        Assert.Equal((folder.At(source), reason), (refused.Path, refused.Reason));
    }

    [Fact]
    public void A_pipeline_file_that_cannot_be_read()
    {
        string wrong = folder.Write("wrong.json", """{ "data": [ { "path": "a" } ], "sed": 1 }"""u8.ToArray());

        PipelineException missing = Assert.Throws<PipelineException>(() => PipelineFile.Read(folder.At("none.json")));
        PipelineException refused = Assert.Throws<PipelineException>(() => PipelineFile.Read(wrong));

        Assert.Equal((folder.At("none.json"), PipelineErrorReason.Unreadable), (missing.Path, missing.Reason));
        Assert.Equal((wrong, PipelineErrorReason.Invalid), (refused.Path, refused.Reason));
    }

    [Fact]
    public async Task A_backbone_that_cannot_be_opened_or_imported()
    {
        string bare = folder.Write("bare.onnx", "no network"u8.ToArray());
        BackboneStore store = new(folder.At("store"));
        BackboneOptions given = new() { Preprocessing = new BackbonePreprocessing(32, 32, [0, 0, 0], [1, 1, 1], "RGB") };

        Assert.Equal((bare, BackboneErrorReason.NoPreprocessing), Refusal(() => Backbone.Open(bare)));
        Assert.Equal((bare, BackboneErrorReason.Unusable), Refusal(() => Backbone.Open(bare, given)));
        Assert.Equal((null, BackboneErrorReason.NotFound), Refusal(() => Backbone.Open("nobody")));
        Assert.Equal((null, BackboneErrorReason.NotPulled), Refusal(() => Backbone.Open("inception-v3", new BackboneOptions { Store = store })));
        Assert.Equal((store.Folder, BackboneErrorReason.NotFound), Refusal(() => store.Show("nobody")));
        BackboneException imported = await Assert.ThrowsAsync<BackboneException>(() => new BackboneImport(store).ImportAsync(bare, cancellationToken: Stop));
        Assert.Equal((bare, BackboneErrorReason.Unusable), (imported.Path, imported.Reason));
    }

    [Fact]
    public async Task A_registry_without_what_is_asked_for()
    {
        using RetrainScene scene = new();
        scene.AddClasses(2, 12);
        await scene.RetrainAsync(cancellationToken: Stop);
        string registry = scene.Registry.Folder;

        Assert.Equal((registry, RegistryErrorReason.NotFound), Trouble(Assert.Throws<RegistryException>(() => scene.Registry.Show("0009"))));
        File.Delete(Path.Combine(registry, "current"));
        Assert.Equal(
            (registry, RegistryErrorReason.NotPromoted),
            Trouble(await Assert.ThrowsAsync<RegistryException>(async () => await new RegistryModel(registry).GetCurrentAsync(Stop))));
        Assert.Equal(
            (folder.Path, RegistryErrorReason.NotFound),
            Trouble(await Assert.ThrowsAsync<RegistryException>(async () => await new RegistryModel(folder.Path).GetCurrentAsync(Stop))));
    }

    [Fact]
    public async Task A_table_of_images_without_a_column_of_paths()
    {
        string table = folder.Write("table.csv", "left,right\n1,2\n"u8.ToArray());

        DatasetException refused = await Assert.ThrowsAsync<DatasetException>(() => BatchInputs.CheckTablesAsync([table], cancellationToken: Stop));

        Assert.Equal((table, DatasetErrorReason.Columns), (refused.Path, refused.Reason));
    }

    private static (string? Path, BackboneErrorReason Reason) Refusal(Func<object> open)
    {
        BackboneException refused = Assert.Throws<BackboneException>(open);
        return (refused.Path, refused.Reason);
    }

    private static (string? Path, RegistryErrorReason Reason) Trouble(RegistryException exception) => (exception.Path, exception.Reason);
}
