using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx.Editing.Internal;
using InceptionMl.Networks.TensorFlow;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.TensorFlow;

[Trait("Category", "Slow")]
public sealed class ConvertedGraphTests
{
    [Fact]
    public void Every_converted_graph_passes_the_formats_own_checker()
    {
        string python = Python.WithOrSkip("onnx");
        using TemporaryFolder folder = new();
        List<string> models = [];
        foreach (string file in SmallGraphTests.Files().Select(row => row.Data))
        {
            TensorFlowConversion options = new() { Logits = true, ImageSize = file == "inception5h.pb" ? new Extent(32, 32) : null };
            models.Add(folder.At(Path.ChangeExtension(file, "onnx")));
            using FileStream stream = File.Create(models[^1]);
            TensorFlowGraph.Convert(Goldens.Path(file), options).WriteTo(stream);
        }

        (int status, string output) = Python.Run(python, [Workspace.At("tests", "InceptionMl.Networks.Tests", "Goldens", "check_models.py"), .. models]);

        Assert.True(status == 0, output);
        Assert.All(models, model => Assert.Contains(model, output));
    }

    [Theory]
    [InlineData("batch all", true)]
    [InlineData("batch channels", true)]
    [InlineData("all batch", false)]
    [InlineData("batch batch", false)]
    public void A_shape_may_be_worked_out_as_the_graph_runs(string packed, bool flattens)
    {
        NodeDef[] nodes =
        [
            GraphBytes.Image(),
            .. GraphBytes.Convolution("conv", "input"),
            GraphBytes.Integers("axes", 1, 2),
            GraphBytes.Node("Mean", "mean", "conv axes", ("keep_dims", new AttrValue { B = true })),
            GraphBytes.Node("Shape", "shape", "mean"),
            .. (NodeDef[])[GraphBytes.Integers("0", 0), GraphBytes.Integers("1", 1), GraphBytes.Integers("-1", -1), GraphBytes.Integer("all", -1)],
            GraphBytes.Node("StridedSlice", "batch", "shape 0 1 1", ("shrink_axis_mask", new AttrValue { I = 1 })),
            GraphBytes.Node("StridedSlice", "channels", "shape -1 0 1", ("shrink_axis_mask", new AttrValue { I = 1 })),
            GraphBytes.Node("Pack", "target", packed),
            GraphBytes.Node("Reshape", "flat", "mean target"),
            GraphBytes.Reals("matrix", [4, 2], 1, 2, 3, 4, 5, 6, 7, 8),
            GraphBytes.Node("MatMul", "product", "flat matrix"),
            GraphBytes.Node("Softmax", "softmax", "product"),
        ];
        TensorFlowConversion options = new() { Logits = true };

        if (!flattens)
        {
            Assert.Throws<WeightException>(() => TensorFlowGraph.Convert(GraphBytes.From(nodes), "test.pb", options));
            return;
        }

        byte[] model = TensorFlowGraph.Convert(GraphBytes.From(nodes), "test.pb", options).ToBytes();
        IReadOnlyDictionary<string, OnnxRun.Output> outputs = OnnxRun.Run(model, FormulaWeights.Fill("image", 2 * 3 * 64), 2, 3, 8, 8);

        float[][] features = [.. outputs["features"].Values.Chunk(4)];
        float[] logits = [.. features.SelectMany(f => (float[])[f[0] + (3 * f[1]) + (5 * f[2]) + (7 * f[3]), (2 * f[0]) + (4 * f[1]) + (6 * f[2]) + (8 * f[3])])];
        RelativeError.AssertBelow(1e-4, logits, outputs["logits"].Values);
    }

    [Fact]
    public void A_graph_may_use_the_outputs_names_for_its_own_nodes()
    {
        NodeDef[] nodes =
        [
            GraphBytes.Image("features"),
            .. GraphBytes.Convolution("image", "features"),
            GraphBytes.Node("Relu", "logits", "image"),
            .. GraphBytes.Mean("feature_map", "logits"),
            GraphBytes.Node("Softmax", "softmax", "feature_map"),
        ];

        byte[] model = TensorFlowGraph.Convert(GraphBytes.From(nodes), "test.pb", new TensorFlowConversion { Logits = true }).ToBytes();
        IReadOnlyDictionary<string, OnnxRun.Output> outputs = OnnxRun.Run(model, FormulaWeights.Fill("image", 3 * 64), 1, 3, 8, 8);

        Assert.Equal([1, 4, 8, 8], outputs["feature_map"].Shape);
        Assert.Equal([.. outputs["feature_map"].Values.Chunk(64).Select(positions => positions.Average())], outputs["features"].Values, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(outputs["features"].Values, outputs["logits"].Values);
    }

    [Fact]
    public void The_same_file_gives_the_same_bytes() =>
        Assert.Equal(TensorFlowGraph.Convert(Goldens.Path("slim.pb")).ToBytes(), TensorFlowGraph.Convert(Goldens.Path("slim.pb")).ToBytes());

    [Fact]
    public void A_converted_graph_takes_preprocessing_like_any_backbone()
    {
        byte[] model = TensorFlowGraph.Convert(Goldens.Path("classify_image.pb")).ToBytes();
        float[] image = FormulaWeights.Fill("image", 3 * 35 * 35);

        byte[] edited = BackboneEditor.WithPreprocessing(model, new BackboneInterface
        {
            InputTensor = "image",
            Height = 35,
            Width = 35,
            PreparedHeight = 35,
            PreparedWidth = 35,
            Offset = [128, 128, 128],
            Scale = [1 / 64.0, 1 / 64.0, 1 / 64.0],
            FeaturesTensor = "features",
            FeatureWidth = 22,
            FeatureMapTensor = "feature_map",
            FeatureMapChannels = 22,
        });

        float[] raw = [.. image.Select(value => (value * 64) + 128)];
        float[] expected = OnnxRun.Run(model, image, 1, 3, 35, 35)["features"].Values;
        RelativeError.AssertBelow(1e-4, expected, OnnxRun.Run(edited, raw, 1, 3, 35, 35)["features"].Values);
    }
}
