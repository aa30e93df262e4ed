using System.Text.Json;
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Onnx;

/// <summary>Emitted models in ONNX Runtime against torchvision and OpenCV DNN; see Goldens/README.md.</summary>
[Trait("Category", "Slow")]
public sealed class GoldenFeaturesTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Workspace.At("tests", "InceptionMl.Networks.Tests", "Goldens");

    [Theory]
    [MemberData(nameof(Files))]
    public void Features_are_those_of_another_implementation(string file)
    {
        Golden golden = JsonSerializer.Deserialize<Golden>(File.ReadAllText(Path.Combine(Folder, file)), JsonSerializerOptions.Web)!;
        Network network = NetworkCatalog.Find(golden.Network)!;
        float[] image = FormulaWeights.Fill("image", 3 * golden.Height * golden.Width);

        byte[] model = OnnxWriter.ToBytes(network, new FormulaWeights());
        OnnxRun.Output features = OnnxRun.Run(model, image, 1, 3, golden.Height, golden.Width)["features"];

        RelativeError.AssertBelow(1e-4, golden.Features, features.Values);
    }

    [Fact]
    public void Every_network_has_a_golden() =>
        Assert.All(NetworkCatalog.Names, name => Assert.Contains(Files(), row => row.Data.StartsWith($"opencv-{name}-", StringComparison.Ordinal)));

    private sealed record Golden(string Network, int Height, int Width, float[] Features);
}
