using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Onnx;

/// <summary>The embedded compact backbone is what the emitter makes of this network and its weights.</summary>
public sealed class EmbeddedBackboneTests
{
    private const int Side = 128;

    [Fact]
    public void Network_and_safetensors_give_the_shipped_features()
    {
        byte[] shipped = File.ReadAllBytes(Shipped);
        using MemoryStream file = new(ToSafetensors(InceptionCompact.Create(), new FoldedWeights(InceptionCompact.Create(), ModelProto.Parser.ParseFrom(shipped))));
        TensorStore weights = Safetensors.Read(file, "inception-compact.safetensors");

        byte[] model = OnnxWriter.ToBytes(InceptionCompact.Create(), weights);

        Assert.Equal(InceptionCompact.Create().Parameters.Select(parameter => parameter.Name).Order(), weights.Names.Order());
        AssertSameFeatures(shipped, model);
    }

    private static string Shipped => Workspace.At("src", "InceptionMl.Backbones", "Embedded", "inception-compact.onnx");

    private static void AssertSameFeatures(byte[] shipped, byte[] model)
    {
        float[] image = FormulaWeights.Fill("image", 2 * 3 * Side * Side);
        IReadOnlyDictionary<string, OnnxRun.Output> expected = OnnxRun.Run(shipped, image, 2, 3, Side, Side);
        IReadOnlyDictionary<string, OnnxRun.Output> actual = OnnxRun.Run(model, image, 2, 3, Side, Side);

        Assert.Equal(expected.Keys, actual.Keys);
        foreach (string output in expected.Keys)
        {
            Assert.Equal(expected[output].Shape, actual[output].Shape);
            RelativeError.AssertBelow(1e-5, expected[output].Values, actual[output].Values);
        }
    }

    private static byte[] ToSafetensors(Network network, IWeights weights)
    {
        long offset = 0;
        string header = JsonSerializer.Serialize(network.Parameters.ToDictionary(parameter => parameter.Name, parameter => new
        {
            dtype = "F32",
            shape = parameter.Shape,
            data_offsets = (long[])[offset, offset += 4 * parameter.Count],
        }));
        using MemoryStream file = new();
        using BinaryWriter writer = new(file);
        writer.Write((long)Encoding.UTF8.GetByteCount(header));
        writer.Write(Encoding.UTF8.GetBytes(header));
        foreach (Parameter parameter in network.Parameters)
        {
            writer.Write(MemoryMarshal.AsBytes(weights.Values(parameter).Span));
        }

        return file.ToArray();
    }

    /// <summary>
    /// A file with batch normalization folded, read as if it were not: the folded kernel, beta = the folded bias, and statistics
    /// that change nothing.
    /// </summary>
    private sealed class FoldedWeights : IWeights
    {
        private readonly Dictionary<string, float[]> values = [];

        public FoldedWeights(Network network, ModelProto model)
        {
            ImmutableArray<Layer> convolutions = [.. network.Layers.Where(layer => layer.Operation is Convolution)];
            NodeProto[] nodes = [.. model.Graph.Node.Where(node => node.OpType == "Conv")];
            Assert.Equal(convolutions.Length, nodes.Length);
            foreach ((Layer convolution, NodeProto node) in convolutions.Zip(nodes))
            {
                values[$"{convolution.Name}/weight"] = Initializer(model, node.Input[1]);
                values[$"{convolution.Name.Replace("/conv", "/bn", StringComparison.Ordinal)}/beta"] = Initializer(model, node.Input[2]);
            }
        }

        public ReadOnlyMemory<float> Values(Parameter parameter)
        {
            if (values.TryGetValue(parameter.Name, out float[]? found))
            {
                return found;
            }

            float[] neutral = new float[parameter.Count];
            neutral.AsSpan().Fill(parameter.Role switch { ParameterRole.Gamma => 1, ParameterRole.Variance => 1 - 1e-3f, _ => 0 });
            return neutral;
        }

        private static float[] Initializer(ModelProto model, string name) =>
            MemoryMarshal.Cast<byte, float>(model.Graph.Initializer.Single(tensor => tensor.Name == name).RawData.Span).ToArray();
    }
}
