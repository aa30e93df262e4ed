using System.Runtime.InteropServices;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Binding.Internal;
using InceptionMl.Networks.Weights.Files;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Weights.Binding;

/// <summary>torchvision's networks with random weights, through .pth and safetensors files: what they compute is what torchvision computes.</summary>
[Trait("Category", "Slow")]
public sealed class TorchvisionTests
{
    [Theory]
    [InlineData("inception_v3", "inception-v3-torchvision", "AuxLogits.")]
    [InlineData("googlenet", "googlenet-torchvision", "aux")]
    public void A_saved_state_dict_becomes_a_network_that_computes_what_torchvision_computes(string model, string network, string auxiliary)
    {
        string python = Python.WithOrSkip("torchvision");
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Path);
        string script = Workspace.At("tests", "InceptionMl.Networks.Tests", "Weights", "Binding", "torchvision_weights.py");
        (int status, string output) = Python.Run(python, script, model, folder.Path);
        Assert.True(status == 0, output);

        foreach (string form in (string[])["zip.pth", "legacy.pth", "weights.safetensors", "parallel.pth"])
        {
            WeightBinding binding = WeightBinding.Recognize(WeightFile.Read(folder.At(form)));

            Assert.Equal(network, binding.Network.Name);
            Assert.True(binding.HasLogits);
            Assert.All(binding.Ignored, ignored => Assert.True(
                ignored.Name.StartsWith(auxiliary, StringComparison.Ordinal) || ignored.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)));
            byte[] onnx = OnnxWriter.ToBytes(binding.Network, binding, new OnnxEmission { Logits = true });
            IReadOnlyDictionary<string, OnnxRun.Output> run = OnnxRun.Run(onnx, FormulaWeights.Fill("image", 3 * 160 * 192), 1, 3, 160, 192);
            RelativeError.AssertBelow(1e-4, Floats(folder.At("features.bin")), run["features"].Values);
            RelativeError.AssertBelow(1e-4, Floats(folder.At("logits.bin")), run["logits"].Values);
        }
    }

    private static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
}
