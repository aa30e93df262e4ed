using System.Runtime.InteropServices;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Binding.Internal;
using InceptionMl.Networks.Weights.Files;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Weights.Binding;

/// <summary>Keras' networks with random weights, through .h5 files whose layers stand in no order.</summary>
[Trait("Category", "Slow")]
public sealed class KerasTests
{
    private const int Height = 160;
    private const int Width = 192;

    [Fact]
    public void Inception_v3_computes_what_its_weights_compute_in_torch()
    {
        using TemporaryFolder folder = Written("keras_inception_v3.py");
        foreach ((string file, bool top) in new[] { ("keras2.h5", true), ("notop.h5", false), ("keras3.weights.h5", true) })
        {
            WeightBinding binding = Bound(folder.At(file), "inception-v3");
            IReadOnlyDictionary<string, OnnxRun.Output> run = Run(binding);

            Assert.Equal(top, binding.HasLogits);
            RelativeError.AssertBelow(1e-4, Floats(folder.At("features.bin")), run["features"].Values);
            if (top)
            {
                RelativeError.AssertBelow(1e-4, Floats(folder.At("logits.bin")), run["logits"].Values);
            }
        }
    }

    [Fact]
    public void Inception_resnet_v2_computes_what_its_weights_compute_in_torch()
    {
        using TemporaryFolder folder = Written("keras_inception_resnet_v2.py");
        WeightBinding binding = Bound(folder.At("keras2.h5"), "inception-resnet-v2");

        Assert.False(binding.HasLogits);
        RelativeError.AssertBelow(1e-4, Floats(folder.At("features.bin")), Run(binding)["features"].Values);
    }

    private static TemporaryFolder Written(string script)
    {
        Python.WithOrSkip("h5py");
        string python = Python.WithOrSkip("torchvision");
        TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Path);
        (int status, string output) = Python.Run(
            python, Workspace.At("tests", "InceptionMl.Networks.Tests", "Weights", "Binding", script), folder.Path);
        Assert.True(status == 0, output);
        return folder;
    }

    private static WeightBinding Bound(string path, string network)
    {
        WeightBinding binding = WeightBinding.Recognize(WeightFile.Read(path));
        Assert.Equal(network, binding.Network.Name);
        Assert.Empty(binding.Ignored);
        return binding;
    }

    private static IReadOnlyDictionary<string, OnnxRun.Output> Run(WeightBinding binding) => OnnxRun.Run(
        OnnxWriter.ToBytes(binding.Network, binding, new OnnxEmission { Logits = binding.HasLogits }),
        FormulaWeights.Fill("image", 3 * Height * Width), 1, 3, Height, Width);

    private static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
}
