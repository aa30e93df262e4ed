using System.Text.Json;
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Onnx;

/// <summary>What is emitted now runs in OpenCV's DNN module, where it is at hand; elsewhere its goldens speak for it.</summary>
[Trait("Category", "Slow")]
public sealed class OpenCvTests
{
    [Fact]
    public void Emitted_models_run_in_opencv_and_give_the_runtimes_features()
    {
        string python = Python.WithOrSkip("cv2");
        using TemporaryFolder folder = new();
        foreach (string name in (string[])["inception-compact", "googlenet", "inception-v3-torchvision"])
        {
            Network network = NetworkCatalog.Find(name)!;
            Extent size = network.Image.Size!.Value;
            string model = folder.At($"{name}.onnx");
            OnnxWriter.Write(network, new FormulaWeights(), model, new OnnxEmission { ImageSize = size, ExplicitPadding = true });

            string script = Workspace.At("tests", "InceptionMl.Networks.Tests", "Goldens", "opencv_features.py");
            (int status, string output) = Python.Run(python, "-B", script, folder.Path, model);

            Assert.True(status == 0, output);
            using JsonDocument written = JsonDocument.Parse(File.ReadAllText(Directory.GetFiles(folder.Path, $"opencv-{name}-*.json").Single()));
            float[] opencv = [.. written.RootElement.GetProperty("features").EnumerateArray().Select(value => value.GetSingle())];
            float[] image = FormulaWeights.Fill("image", checked((int)(3 * size.Area)));
            OnnxRun.Output features = OnnxRun.Run(File.ReadAllBytes(model), image, 1, 3, size.Height, size.Width)["features"];
            RelativeError.AssertBelow(1e-4, opencv, features.Values);
        }
    }
}
