using Google.Protobuf;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Networks.Onnx.Editing.Internal;
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

    private static readonly BackboneInterface Classifying = Face with { LogitsTensor = "logits", LogitClasses = 2 };

    // As old files end: a matrix over the flattened pool, or a 1x1 convolution over the pool itself.
    private static byte[] WithClassifier(long opset, bool fourDimensional)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Zoo(opset));
        GraphProto graph = model.Graph;
        ReadOnlyMemory<float> weights = new float[] { 1, 2, 3, 1, 0, -1 };
        if (fourDimensional)
        {
            graph.Initializer.Add(Proto.Tensor("weights", [2, 3, 1, 1], weights));
            graph.Node.Add(Proto.Node("classifier", "Conv", ["pool5", "weights"], "logits"));
            graph.Output.Add(Proto.Value("logits", Proto.Fixed(1), Proto.Fixed(2), Proto.Fixed(1), Proto.Fixed(1)));
        }
        else
        {
            graph.Initializer.Add(Proto.Tensor("weights", [2, 3], weights));
            graph.Initializer.Add(Proto.Tensor("bias", [2], new float[] { 0, 0 }));
            graph.Node.Add(Proto.Node("row", "Flatten", ["pool5"], "row"));
            graph.Node.Add(Proto.Node("classifier", "Gemm", ["row", "weights", "bias"], "logits", Proto.Attribute("transB", 1L)));
            graph.Output.Add(Proto.Value("logits", Proto.Fixed(1), Proto.Fixed(2)));
        }

        return model.ToByteArray();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(12)]
    public void Old_files_get_crop_order_normalization_flat_features_and_a_free_batch(long opset)
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

    [Theory]
    [InlineData(7, true)]
    [InlineData(13, false)]
    public void A_classifier_is_kept_on_request_flat_and_for_any_batch(long opset, bool fourDimensional)
    {
        byte[] edited = BackboneEditor.WithPreprocessing(WithClassifier(opset, fourDimensional), Classifying);
        using SessionOptions quiet = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(edited, quiet);
        float[] planes = [.. Enumerable.Range(0, 2 * 3 * 8 * 6).Select(i => (float)(i % 97))];
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(planes, [2, 3, 8, 6]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["image"], [image], ["features", "logits"]);

        Assert.Equal(["features", "feature_map", "logits"], session.OutputNames);
        Assert.Equal([2, 2], outputs[1].GetTensorTypeAndShape().Shape);
        float[] features = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        float[] logits = outputs[1].GetTensorDataAsSpan<float>().ToArray();
        for (int n = 0; n < 2; n++)
        {
            float[] of = features[(n * 3)..((n * 3) + 3)];
            Assert.Equal(of[0] + (2 * of[1]) + (3 * of[2]), logits[n * 2], 1e-3f);
            Assert.Equal(of[0] - of[2], logits[(n * 2) + 1], 1e-3f);
        }
    }

    [Fact]
    public void A_classifier_that_nobody_asks_for_is_no_output()
    {
        ModelProto edited = ModelProto.Parser.ParseFrom(BackboneEditor.WithPreprocessing(WithClassifier(13, fourDimensional: false), Face));

        Assert.Equal(["features", "feature_map"], edited.Graph.Output.Select(output => output.Name));
    }

    [Fact]
    public void A_classifier_that_is_not_there_or_is_the_features_is_said()
    {
        static string Refusal(BackboneInterface face) =>
            Assert.Throws<OnnxFormatException>(() => BackboneEditor.WithPreprocessing(WithClassifier(13, fourDimensional: false), face)).Message;

        Assert.Contains("'prob'; its outputs are 'pool5', 'logits'", Refusal(Classifying with { LogitsTensor = "prob" }), StringComparison.Ordinal);
        Assert.Contains("one tensor 'pool5'", Refusal(Classifying with { LogitsTensor = "pool5" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mutated_files_are_edited_or_refused_and_nothing_else(bool classifying)
    {
        byte[] whole = classifying ? WithClassifier(9, fourDimensional: true) : Zoo(9);
        BackboneInterface face = classifying ? Classifying : Face;
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, whole.Length - 1], CsCheck.Gen.Byte, CsCheck.Gen.Int[0, whole.Length]),
            mutation =>
            {
                byte[] mutated = [.. whole];
                mutated[mutation.Item1] = mutation.Item2;
                try
                {
                    Assert.NotEmpty(BackboneEditor.WithPreprocessing(mutated.AsSpan(0, mutation.Item1 % 3 == 0 ? mutation.Item3 : whole.Length), face));
                }
                catch (OnnxFormatException exception)
                {
                    Assert.NotEmpty(exception.Message);
                }
            },
            iter: 5000);
    }
}
