using InceptionMl.Networks.Onnx.Editing.Internal;

namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>Which of a graph's tensors are the features, the map before their pool, and the logits.</summary>
internal sealed record ClassifierTensors(string Features, string? Map, string? Logits)
{
    /// <exception cref="OnnxFormatException">No tensor is named, and no pool leads to the graph's first output.</exception>
    public static ClassifierTensors Find(GraphProto graph, string? features, string source)
    {
        GraphPaths paths = new(graph, source);
        string end = graph.Output.FirstOrDefault()?.Name ?? throw new OnnxFormatException($"{source} has no output");
        features ??= CombinedFeatures(graph, paths) ?? paths.Upstream(end).FirstOrDefault(IsPool)?.Output[0] ?? throw new OnnxFormatException(
            $"{source} has no average pool before its output '{end}': name the tensor of the features")
        {
            Reason = OnnxErrorReason.NoFeatures,
        };
        string? logits = graph.Output.Select(output => BeforeSoftmax(paths, output.Name, features)).FirstOrDefault(found => found is not null);
        return new ClassifierTensors(features, BeforePool(paths, features), logits);
    }

    // What an exported model with features from several blocks calls so: no one pool gives them.
    private static string? CombinedFeatures(GraphProto graph, GraphPaths paths) =>
        graph.Output.Any(output => output.Name == BackboneEditor.FeaturesTensor) && BeforePool(paths, BackboneEditor.FeaturesTensor) is null
            ? BackboneEditor.FeaturesTensor
            : null;

    private static bool IsPool(NodeProto node) => node.OpType is "GlobalAveragePool" or "AveragePool" or "ReduceMean";

    private static bool OnlyReshapes(NodeProto node) => node.OpType is "Identity" or "Dropout" or "Flatten" or "Reshape" or "Squeeze" && node.Input.Count > 0;

    internal static string? BeforePool(GraphPaths paths, string features)
    {
        string tensor = features;
        while (paths.Producer(tensor) is { } node)
        {
            if (IsPool(node) && node.Input.Count > 0)
            {
                return node.Input[0];
            }

            if (!OnlyReshapes(node) || node.Input[0] == tensor)
            {
                break;
            }

            tensor = node.Input[0];
        }

        return null;
    }

    // A file without a softmax gives logits as they are; behind a sigmoid classes do not exclude each other, and no softmax is due.
    private static string? BeforeSoftmax(GraphPaths paths, string end, string features)
    {
        string logits = end;
        for (string tensor = end; paths.Producer(tensor) is { Input.Count: > 0 } node; tensor = node.Input[0])
        {
            if (node.OpType is "Softmax" or "LogSoftmax")
            {
                logits = node.Input[0];
                break;
            }

            if (node.OpType is "Sigmoid" or "HardSigmoid")
            {
                return null;
            }

            if (!OnlyReshapes(node))
            {
                break;
            }
        }

        HashSet<string> behind = paths.Downstream(features);
        return paths.Upstream(logits).Any(node => node.OpType is "Gemm" or "MatMul" or "Conv" && node.Input.Any(behind.Contains)) ? logits : null;
    }
}
