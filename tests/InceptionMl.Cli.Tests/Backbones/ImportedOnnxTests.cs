using System.Globalization;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Backbones;

/// <summary>ONNX files whose nodes are named as this library names its own: what was imported can be used.</summary>
public sealed class ImportedOnnxTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Task<ToolRun> ImportAsync(string file, string name, int side, string offset, string scale) => Tool.RunAsync(
        "backbones", "import", file, "--name", name, "--store", folder.At("store"),
        "--input-size", $"{side}x{side}", "--offset", offset, "--scale", scale, "--channels", "RGB");

    [Fact]
    public async Task An_imported_classifier_classifies()
    {
        using SmallClassifier small = new();
        string names = small.Folder.Write("index.json", SmallClassifier.Index());

        ToolRun import = await ImportAsync(small.Onnx, "mine", SmallClassifier.Side, "127.5", "0.02");
        ToolRun classify = await Tool.RunAsync(
            "classify", small.Picture("a.png", 1), "--backbone", "mine", "--store", folder.At("store"), "--classes", names, "--json");

        Assert.Equal((ExitStatus.Done, ""), (import.Status, import.Error));
        Assert.True(classify.Status == ExitStatus.Done, classify.Error);
        float[] logits = small.Logits(1);
        Assert.Equal(Array.IndexOf(logits, logits.Max()), Assert.Single(classify.Json).GetProperty("scores")[0].GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task An_exported_model_comes_back_as_a_backbone_with_the_same_features()
    {
        string exported = folder.At("exported.onnx");
        folder.Write("images/a/a.png", await File.ReadAllBytesAsync(TrainedDemo.TestImages[0], TestContext.Current.CancellationToken));
        Task<ToolRun> FeaturizeAsync(string backbone) => Tool.RunAsync(
            "featurize", folder.At("images"), "--out", folder.At(backbone + ".csv"),
            "--backbone", backbone, "--store", folder.At("store"), "--cache", "none");

        ToolRun export = await Tool.RunAsync("export", demo.Model, "--onnx", exported);
        ToolRun import = await ImportAsync(exported, "again", 128, "0", "1");
        ToolRun again = await FeaturizeAsync("again");
        ToolRun embedded = await FeaturizeAsync("inception-compact");

        Assert.True(export.Status == ExitStatus.Done, export.Error);
        Assert.True(import.Status == ExitStatus.Done, import.Error);
        Assert.True(again.Status == ExitStatus.Done, again.Error);
        Assert.Equal(ExitStatus.Done, embedded.Status);
        float[] expected = Features("inception-compact");
        float[] actual = Features("again");
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    // Columns before the features: path, sha256, label.
    private float[] Features(string backbone) =>
        [.. File.ReadAllLines(folder.At(backbone + ".csv"))[1].Split(',')[3..].Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
}
