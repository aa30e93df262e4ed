using System.Text;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>A folder whose name a Mac decomposed is the class that it was, wherever the class is named.</summary>
public sealed class DecomposedLabelTests : IDisposable
{
    private const string Composed = "M\u00FCller";
    private const string Decomposed = "Mu\u0308ller";

    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_class_whose_folder_and_records_are_decomposed_is_no_other_class()
    {
        scene.WritePipeline(more: $", \"classWeights\": {{ \"{Decomposed}\": 2 }}");
        scene.Add($"images/{Decomposed}", 20, 0);
        scene.Add("images/other", 20, 1);
        RetrainResult first = await scene.RetrainAsync(cancellationToken: Stop);
        foreach (string record in Directory.EnumerateFiles(scene.Registry.Folder, "*.csv", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(record, (await File.ReadAllTextAsync(record, Stop)).Replace(Composed, Decomposed, StringComparison.Ordinal), Stop);
        }

        Directory.Move(Path.Combine(scene.Images, Decomposed), Path.Combine(scene.Images, Composed));
        scene.Add($"images/{Composed}", 4, 0);
        RetrainResult second = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal([Composed, "other"], first.Training.Classes);
        Assert.Equal([Composed, "other"], second.Training.Classes);
        Assert.Equal("0001", second.ChampionVersion);
        Assert.Empty(second.Changes!.AppearedClasses);
        Assert.Empty(second.Changes.VanishedClasses);
        Assert.Empty(second.Changes.RenamedClasses);
        Assert.DoesNotContain(second.Training.Diagnostics, warning => warning.Message.Contains("label", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_is_asked_and_measured_by_either_name_of_a_class()
    {
        scene.Add($"images/{Composed}", 20, 0);
        scene.Add("images/other", 20, 1);
        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);
        string model = scene.Registry.Show(result.Version).ModelPath;
        string[] images = scene.Add("new", 10, 0);
        string manifest = scene.Folder.Write("new.csv", Encoding.UTF8.GetBytes("path,label\n" + string.Concat(images.Select(image => $"{image},{Decomposed}\n"))));

        using ImageScorer scorer = ImageScorer.Open(model);
        EvaluationResult measured = await ModelEvaluator.EvaluateAsync(model, manifest, Stop);

        Assert.Equal(Composed, scorer.Explain(images[0], Decomposed, Stop).Label);
        Assert.Equal((10, 1d), (measured.Metrics.Images, measured.Metrics.Accuracy));
        Assert.Empty(measured.Diagnostics);
    }

    [Theory]
    [InlineData($$"""{ "{{Decomposed}}": 2 }""")]
    [InlineData($$"""{ "{{Composed}}": 2 }""")]
    public void A_class_weight_is_of_the_class_by_either_name(string weights) =>
        Assert.Equal(Composed, Assert.Single(Parse(weights).ClassWeights.ByLabel).Label);

    [Fact]
    public void A_class_has_one_weight() => Assert.Contains(
        "twice, composed and decomposed",
        Assert.Throws<PipelineException>(() => Parse($$"""{ "{{Composed}}": 2, "{{Decomposed}}": 3 }""")).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task The_table_of_images_that_a_registry_keeps_is_taken_as_it_is()
    {
        scene.AddClasses(2, 20);
        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);
        string table = Path.Combine(scene.Registry.Show(result.Version).Folder, "data.csv");

        ImageDataset dataset = ImageDataset.Open(table, cancellationToken: Stop);
        EvaluationResult measured = await ModelEvaluator.EvaluateAsync(scene.Registry.Show(result.Version).ModelPath, table, Stop);

        Assert.Equal(40, dataset.Samples.Count(sample => File.Exists(sample.FullPath)));
        Assert.Equal(result.Training.Images.Test, dataset.Samples.Count(sample => sample.Given == SplitPart.Test));
        Assert.Equal(result.Training.Images.Test, measured.Metrics.Images);
    }

    private static TrainingSettings Parse(string weights) => PipelineFile.Parse(
        Encoding.UTF8.GetBytes($$"""{ "data": [{ "path": "a" }], "classWeights": {{weights}} }"""), "/somewhere/pipelines", "x.json");
}
