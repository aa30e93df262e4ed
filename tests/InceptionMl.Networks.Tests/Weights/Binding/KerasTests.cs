using System.Runtime.InteropServices;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Binding;
using InceptionMl.Networks.Weights.Keras;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Weights.Binding;

/// <summary>Keras' InceptionV3 with random weights, through an .h5 file whose layers stand in no order.</summary>
public sealed class KerasTests
{
    [Fact]
    public void An_h5_file_becomes_a_network_that_computes_what_its_weights_compute_elsewhere()
    {
        Python.WithOrSkip("h5py");
        string python = Python.WithOrSkip("torchvision");
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Path);
        string script = Workspace.At("tests", "InceptionMl.Networks.Tests", "Weights", "Binding", "keras_inception_v3.py");
        (int status, string output) = Python.Run(python, script, folder.Path);
        Assert.True(status == 0, output);

        foreach ((string file, bool top) in new[] { ("keras2.h5", true), ("notop.h5", false), ("keras3.weights.h5", true) })
        {
            WeightBinding binding = WeightBinding.Recognize(KerasFile.Read(folder.At(file)));

            Assert.Equal("inception-v3", binding.Network.Name);
            Assert.Equal(top, binding.HasLogits);
            Assert.Empty(binding.Ignored);
            byte[] onnx = OnnxWriter.ToBytes(binding.Network, binding, new OnnxEmission { Logits = top });
            IReadOnlyDictionary<string, OnnxRun.Output> run = OnnxRun.Run(onnx, FormulaWeights.Fill("image", 3 * 160 * 192), 1, 3, 160, 192);
            RelativeError.AssertBelow(1e-4, Floats(folder.At("features.bin")), run["features"].Values);
            if (top)
            {
                RelativeError.AssertBelow(1e-4, Floats(folder.At("logits.bin")), run["logits"].Values);
            }
        }
    }

    private static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
}
