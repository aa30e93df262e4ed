using Google.Protobuf;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Networks.Onnx.Editing.Internal;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Onnx.Editing;

public sealed class HeadEditorTests
{
    private static readonly ClassifierHead Head = new()
    {
        Weights = new float[] { 1, 0, 0, 0, 2, 0 },
        Bias = new float[] { 0.5f, -1 },
        Temperature = 2,
    };

    // Three channels, each averaged; the names that the head wants are taken inside.
    private static byte[] Backbone(long opset)
    {
        GraphProto graph = new() { Name = "backbone" };
        graph.Input.Add(Proto.Value("image", Proto.Open("N"), Proto.Fixed(3), Proto.Fixed(2), Proto.Fixed(2)));
        graph.Node.Add(Proto.Node("relu", "Relu", ["image"], "probabilities"));
        graph.Node.Add(Proto.Node("pool", "GlobalAveragePool", ["probabilities"], "head_logits"));
        graph.Node.Add(Proto.Node("flatten", "Flatten", ["head_logits"], "features"));
        graph.Output.Add(Proto.Value("features", Proto.Open("N"), Proto.Fixed(3)));
        graph.Output.Add(Proto.Value("feature_map", Proto.Open("N"), Proto.Fixed(3), Proto.Fixed(2), Proto.Fixed(2)));
        graph.Node.Add(Proto.Node("map", "Identity", ["probabilities"], "feature_map"));
        ModelProto model = new() { IrVersion = 7, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        return model.ToByteArray();
    }

    private static byte[] Edit(long opset) => HeadEditor.WithHead(Backbone(opset), Head, [new("classes", "[\"a\",\"b\"]")]);

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(17)]
    public void A_batch_gives_probabilities_and_features_whatever_the_operator_set(long opset)
    {
        float[] images = [.. Enumerable.Repeat(1f, 4), .. Enumerable.Repeat(2f, 4), .. Enumerable.Repeat(3f, 4), .. new float[12]];

        IReadOnlyDictionary<string, OnnxRun.Output> outputs = OnnxRun.Run(Edit(opset), images, 2, 3, 2, 2);

        Assert.Equal(["probabilities", "features"], outputs.Keys);
        Assert.Equal([1, 2, 3, 0, 0, 0], outputs["features"].Values);
        float[] expected = [Softmax((1 + 0.5) / 2, ((2 * 2) - 1) / 2.0), Softmax(((2 * 2) - 1) / 2.0, (1 + 0.5) / 2), Softmax(0.25, -0.5), Softmax(-0.5, 0.25)];
        Assert.All(expected.Zip(outputs["probabilities"].Values), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void The_metadata_are_the_given_ones_and_the_bytes_are_the_same_each_time()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Edit(13));

        StringStringEntryProto entry = Assert.Single(model.MetadataProps);
        Assert.Equal(("classes", "[\"a\",\"b\"]"), (entry.Key, entry.Value));
        Assert.Equal(Edit(13), Edit(13));
    }

    [Fact]
    public void A_head_of_another_width_and_a_model_without_features_are_refused()
    {
        Assert.Throws<OnnxFormatException>(() => HeadEditor.WithHead(Backbone(13), Head with { Weights = new float[4] }, []));
        Assert.Throws<OnnxFormatException>(() => HeadEditor.WithHead("no model"u8, Head, []));
    }

    [Fact]
    public void Renamed_tensors_compute_the_same()
    {
        byte[] renamed = TensorRenaming.Rename(Backbone(13), "image", "head_logits");

        IReadOnlyDictionary<string, OnnxRun.Output> outputs = OnnxRun.Run(renamed, [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], 1, 3, 2, 2);

        Assert.Equal([1, 2, 3], Assert.Single(outputs).Value.Values);
        Assert.Equal("head_logits", Assert.Single(outputs).Key);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_result_passes_the_formats_own_checker()
    {
        string python = Python.WithOrSkip("onnx");
        using TemporaryFolder folder = new();
        string model = folder.Write("model.onnx", Edit(13));

        (int status, string output) = Python.Run(python, Workspace.At("tests", "InceptionMl.Networks.Tests", "Goldens", "check_models.py"), model);

        Assert.True(status == 0, output);
    }

    private static float Softmax(double of, double other) => (float)(1 / (1 + Math.Exp(other - of)));
}
