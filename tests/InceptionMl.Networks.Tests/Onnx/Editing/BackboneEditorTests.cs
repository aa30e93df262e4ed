using Google.Protobuf;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Onnx.Editing;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Networks.Tests.Onnx.Editing;

/// <summary>Files as zoos of the past wrote them: old operator sets, batch fixed at 1, the pool left four-dimensional.</summary>
public sealed class BackboneEditorTests
{
    private static readonly BackboneInterface Face = new()
    {
        InputTensor = "data_0",
        Width = 4,
        Height = 4,
        PreparedWidth = 6,
        PreparedHeight = 8,
        SwapRedAndBlue = true,
        Offset = [1, 2, 3],
        Scale = [1, 0.5, 2],
        FeaturesTensor = "pool5",
        FeatureWidth = 3,
        FeatureMapTensor = "features",
        FeatureMapChannels = 3,
    };

    private static byte[] Zoo(long opset)
    {
        GraphProto graph = new() { Name = "zoo" };
        graph.Input.Add(Proto.Value("data_0", Proto.Fixed(1), Proto.Fixed(3), Proto.Fixed(4), Proto.Fixed(4)));
        graph.Node.Add(Proto.Node("relu", "Relu", ["data_0"], "features"));
        graph.Node.Add(Proto.Node("pool", "GlobalAveragePool", ["features"], "pool5"));
        graph.Output.Add(Proto.Value("pool5", Proto.Fixed(1), Proto.Fixed(3), Proto.Fixed(1), Proto.Fixed(1)));
        ModelProto model = new() { IrVersion = 3, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        return model.ToByteArray();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(12)]
    public void Old_files_get_crop_order_normalisation_flat_features_and_a_free_batch(long opset)
    {
        byte[] edited = BackboneEditor.WithPreprocessing(Zoo(opset), Face);
        using SessionOptions quiet = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(edited, quiet);
        float[] planes = [.. Enumerable.Range(0, 2 * 3 * 8 * 6).Select(i => (float)(i % 97))];
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(planes, [2, 3, 8, 6]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["image"], [image], ["features", "feature_map"]);

        Assert.Equal([2, 3], outputs[0].GetTensorTypeAndShape().Shape);
        Assert.Equal([2, 3, 4, 4], outputs[1].GetTensorTypeAndShape().Shape);
        for (int n = 0; n < 2; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                double sum = 0;
                for (int at = 0; at < 16; at++)
                {
                    float value = planes[(((((n * 3) + 2 - c) * 8) + 2 + (at / 4)) * 6) + 1 + (at % 4)];
                    sum += Math.Max(0, (value - Face.Offset[c]) * Face.Scale[c]);
                }

                Assert.Equal(sum / 16, outputs[0].GetTensorDataAsSpan<float>()[(n * 3) + c], 1e-4);
            }
        }
    }

    [Fact]
    public void The_same_file_gives_the_same_bytes() =>
        Assert.Equal(BackboneEditor.WithPreprocessing(Zoo(12), Face), BackboneEditor.WithPreprocessing(Zoo(12), Face));

    [Fact]
    public void What_cannot_be_used_is_said()
    {
        static string Refusal(byte[] onnx, BackboneInterface face) =>
            Assert.Throws<OnnxFormatException>(() => BackboneEditor.WithPreprocessing(onnx, face)).Message;

        Assert.Contains("no ModelProto", Refusal([0xFF, 0xFF, 0xFF], Face), StringComparison.Ordinal);
        Assert.Contains("no graph", Refusal([], Face), StringComparison.Ordinal);
        Assert.Contains("operator set 6", Refusal(Zoo(6), Face), StringComparison.Ordinal);
        Assert.Contains("'data_0'", Refusal(Zoo(12), Face with { InputTensor = "x" }), StringComparison.Ordinal);
        Assert.Contains("'pool5'", Refusal(Zoo(12), Face with { FeaturesTensor = "x" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_files_are_edited_or_refused_and_nothing_else()
    {
        byte[] whole = Zoo(9);
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, whole.Length - 1], CsCheck.Gen.Byte, CsCheck.Gen.Int[0, whole.Length]),
            mutation =>
            {
                byte[] mutated = [.. whole];
                mutated[mutation.Item1] = mutation.Item2;
                try
                {
                    Assert.NotEmpty(BackboneEditor.WithPreprocessing(mutated.AsSpan(0, mutation.Item1 % 3 == 0 ? mutation.Item3 : whole.Length), Face));
                }
                catch (OnnxFormatException exception)
                {
                    Assert.NotEmpty(exception.Message);
                }
            },
            iter: 5000);
    }
}
