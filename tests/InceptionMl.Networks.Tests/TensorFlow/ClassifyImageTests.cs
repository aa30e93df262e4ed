using InceptionMl.Networks.Graph;
using InceptionMl.Networks.TensorFlow;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.TensorFlow;

[Trait("Category", "Slow")]
public sealed class ClassifyImageTests
{
    [Fact]
    public void The_graph_of_2015_computes_the_features_of_the_network_it_was_made_from()
    {
        string python = Python.WithOrSkip("onnx");
        using TemporaryFolder folder = new();
        string trunk = ThinTrunk.Write(folder);
        string graph = folder.At("classify_image_graph_def.pb");
        string script = Workspace.At("tests", "InceptionMl.Networks.Tests", "TensorFlow", "scripts", "classify_image_graph.py");
        (int status, string output) = Python.Run(python, "-B", script, trunk, graph);
        Assert.True(status == 0, output);

        ConvertedGraph converted = TensorFlowGraph.Convert(graph);

        Assert.Equal("pool_3", converted.FeaturesTensor);
        Assert.Equal(new Extent(299, 299), converted.ImageSize);
        float[] image = FormulaWeights.Fill("image", 3 * 299 * 299);
        IReadOnlyDictionary<string, OnnxRun.Output> expected = OnnxRun.Run(File.ReadAllBytes(trunk), image, 1, 3, 299, 299);
        IReadOnlyDictionary<string, OnnxRun.Output> actual = OnnxRun.Run(converted.ToBytes(), image, 1, 3, 299, 299);
        RelativeError.AssertBelow(1e-4, expected["features"].Values, actual["features"].Values);
        RelativeError.AssertBelow(1e-4, expected["feature_map"].Values, actual["feature_map"].Values);
    }
}
