using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Networks.TensorFlow;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.TensorFlow;

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

        byte[] model = TensorFlowGraph.Convert(GraphBytes.Of(nodes), "test.pb", new TensorFlowConversion { Logits = true }).ToBytes();
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
