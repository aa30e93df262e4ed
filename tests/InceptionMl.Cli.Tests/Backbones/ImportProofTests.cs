using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Backbones;

/// <summary>Files that other programs wrote, imported by the tool: what the backbone computes is what those programs compute.</summary>
[Trait("Category", "Slow")]
public sealed class ImportProofTests : IDisposable
{
    private const int Height = 160;
    private const int Width = 192;
    private const double Tolerance = 1e-4;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Script(params string[] parts) => Workspace.At(["tests", .. parts]);

    private static void Write(string[] modules, string script, params string[] arguments)
    {
        string python = modules.Select(Python.WithOrSkip).Last();
        (int status, string output) = Python.Run(python, ["-B", script, .. arguments]);
        Assert.True(status == 0, output);
    }

    private async Task<JsonElement> ImportAsync(string file, params string[] options)
    {
        ToolRun run = await Tool.RunAsync(["backbones", "import", file, "--store", folder.At("store"), "--json", .. options]);
        Assert.True(run.Status == ExitStatus.Done, run.Error);
        return Assert.Single(run.Json);
    }

    private static IReadOnlyDictionary<string, OnnxRun.Output> Run(JsonElement imported, int batch = 1, int height = Height, int width = Width) => OnnxRun.Run(
        File.ReadAllBytes(imported.GetProperty("onnx").GetString()!), FormulaWeights.Fill("image", batch * 3 * height * width), batch, 3, height, width);

    private float[] Floats(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.At(file))).ToArray();

    private void AssertComputes(JsonElement imported, bool classifier = true)
    {
        IReadOnlyDictionary<string, OnnxRun.Output> run = Run(imported);
        RelativeError.AssertBelow(Tolerance, Floats("features.bin"), run["features"].Values);
        if (classifier)
        {
            RelativeError.AssertBelow(Tolerance, Floats("logits.bin"), run["logits"].Values);
        }
    }

    [Theory]
    [InlineData("inception_v3", "torchvision inception_v3", "inception-v3", 299, 0.874)]
    [InlineData("googlenet", "torchvision googlenet", "googlenet", 224, 0.875)]
    public async Task A_pth_file_that_torchvision_wrote(string model, string form, string network, int side, double crop)
    {
        Write(["torchvision"], Script("InceptionMl.Networks.Tests", "Weights", "Binding", "torchvision_weights.py"), model, folder.Path);

        JsonElement imported = await ImportAsync(folder.At("zip.pth"), "--network", network);

        Assert.Equal((form, $"as usual for {form}"), (imported.GetProperty("form").GetString(), imported.GetProperty("preprocessing").GetString()));
        Assert.Equal(side, imported.GetProperty("input").GetProperty("width").GetInt32());
        Assert.Equal(crop, imported.GetProperty("input").GetProperty("cropFraction").GetDouble(), 3);
        Assert.Equal(37, imported.GetProperty("classes").GetInt32());
        Assert.Contains(
            imported.GetProperty("ignored").EnumerateArray(),
            tensor => tensor.GetProperty("reason").GetString()!.Contains("auxiliary", StringComparison.Ordinal));
        AssertComputes(imported);
    }

    [Fact]
    public async Task An_h5_file_in_keras_layouts_that_h5py_wrote()
    {
        Write(["h5py", "torchvision"], Script("InceptionMl.Networks.Tests", "Weights", "Binding", "keras_inception_v3.py"), folder.Path);

        AssertComputes(await ImportAsync(folder.At("keras2.h5")));
        JsonElement trunk = await ImportAsync(folder.At("notop.h5"));

        Assert.Equal(JsonValueKind.Null, trunk.GetProperty("classes").ValueKind);
        Assert.Equal("as usual for Keras InceptionV3", trunk.GetProperty("preprocessing").GetString());
        Assert.Equal(127.5, trunk.GetProperty("input").GetProperty("offset")[1].GetDouble());
        AssertComputes(trunk, classifier: false);
    }

    [Fact]
    public async Task A_graph_of_2015_that_is_given_its_preprocessing()
    {
        string trunk = ThinTrunk.Write(folder);
        string graph = folder.At("classify_image_graph_def.pb");
        Write(["onnx"], Script("InceptionMl.Networks.Tests", "TensorFlow", "scripts", "classify_image_graph.py"), trunk, graph);

        ToolRun unfed = await Tool.RunAsync("backbones", "import", graph, "--store", folder.At("store"));
        JsonElement imported = await ImportAsync(graph, "--input-size", "299x299", "--offset", "128", "--scale", "0.0078125", "--channels", "RGB");

        Assert.Equal(ExitStatus.Failed, unfed.Status);
        Assert.Contains("--input-size, --offset, --scale and --channels", unfed.Error, StringComparison.Ordinal);
        Assert.Equal("pool_3", imported.GetProperty("featuresTensor").GetString());
        float[] image = FormulaWeights.Fill("image", 3 * 299 * 299);
        IReadOnlyDictionary<string, OnnxRun.Output> expected = OnnxRun.Run(
            await File.ReadAllBytesAsync(trunk, TestContext.Current.CancellationToken), image, 1, 3, 299, 299);
        IReadOnlyDictionary<string, OnnxRun.Output> actual = Run(imported, height: 299, width: 299);
        RelativeError.AssertBelow(Tolerance, expected["features"].Values, actual["features"].Values);
        RelativeError.AssertBelow(Tolerance, expected["feature_map"].Values, actual["feature_map"].Values);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(12)]
    public async Task An_onnx_file_as_zoos_publish_it(int opset)
    {
        Write(["onnx"], Script("InceptionMl.Cli.Tests", "Backbones", "scripts", "zoo_onnx.py"), folder.Path, opset.ToString(CultureInfo.InvariantCulture));
        string[] preprocessing = ["--input-size", "40x40", "--offset", "103.939,116.779,123.68", "--scale", "1", "--channels", "BGR"];

        JsonElement byRule = await ImportAsync(folder.At("zoo.onnx"), preprocessing);
        JsonElement byName = await ImportAsync(folder.At("zoo.onnx"), ["--name", "named", "--features", "pool5/drop", .. preprocessing]);

        float[] image = FormulaWeights.Fill("image", 2 * 3 * 40 * 40);
        IReadOnlyDictionary<string, OnnxRun.Output> expected = OnnxRun.Run(
            await File.ReadAllBytesAsync(folder.At("exposed.onnx"), TestContext.Current.CancellationToken), image[..(3 * 40 * 40)], 1, 3, 40, 40);
        foreach (JsonElement imported in new[] { byRule, byName })
        {
            IReadOnlyDictionary<string, OnnxRun.Output> actual = Run(imported, batch: 2, height: 40, width: 40);
            Assert.Equal([2, 16], actual["features"].Shape);
            Assert.Equal([2, 16, 5, 5], actual["feature_map"].Shape);
            Assert.Equal([2, 10], actual["logits"].Shape);
            RelativeError.AssertBelow(Tolerance, expected["pool5/pool"].Values, actual["features"].Values.AsSpan(0, 16));
            RelativeError.AssertBelow(Tolerance, expected["fc"].Values, actual["logits"].Values.AsSpan(0, 10));
        }

        string names = folder.Write("names.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 10).Select(i => $"class {i}"))));
        ToolRun classify = await Tool.RunAsync(
            "classify", TrainedDemo.TestImages[0], "--backbone", "zoo", "--classes", names, "--store", folder.At("store"), "--json");
        Assert.True(classify.Status == ExitStatus.Done, classify.Error);
        Assert.Equal(5, Assert.Single(classify.Json).GetProperty("scores").GetArrayLength());

        ToolRun small = await Tool.RunAsync([
            "backbones", "import", folder.At("zoo.onnx"), "--store", folder.At("store"), "--name", "small",
            "--input-size", "32x32", "--offset", "0", "--scale", "1", "--channels", "RGB"]);
        Assert.Equal(ExitStatus.Failed, small.Status);
        Assert.Contains("takes images of 40x40, not of 32x32", small.Error, StringComparison.Ordinal);
    }
}
