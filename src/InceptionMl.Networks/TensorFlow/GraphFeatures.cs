using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>Which of a graph's tensors are the pooled features, the map they are the mean of, and the logits.</summary>
internal sealed record GraphFeatures(string FeaturesName, RuntimeValue Features, RuntimeValue? Map, string? LogitsName, RuntimeValue? Logits)
{
    public static GraphFeatures Choose(FrozenGraph graph, ForwardPass pass, TensorFlowConversion options)
    {
        (string name, RuntimeValue features) = options.FeaturesTensor is { } asked
            ? (asked, Require(graph, pass, asked))
            : LastPool(graph, pass);
        RuntimeValue? map = features is { Shape: [_, not 1, _, _] or [_, _, not 1, _] } ? features : features.PooledFrom;
        if (features.Shape.Length is not (2 or Dimensions.MapRank) || features.Shape[^1] == Dimensions.Open)
        {
            throw new WeightException(
                $"{graph.Source}: '{name}' is {Dimensions.Text(features.Shape)}; features are a vector for each image, or a map.");
        }

        (string Name, RuntimeValue Value)? logits = options.LogitsTensor is { } logitsTensor ? (logitsTensor, Require(graph, pass, logitsTensor))
            : options.Logits ? BeforeSoftmax(graph, pass, features) ?? throw NoSoftmax(graph)
            : options.LogitsWherePresent ? BeforeSoftmax(graph, pass, features)
            : null;
        if (logits is { } found && !IsVector(found.Value) && !options.Logits && options.LogitsTensor is null)
        {
            logits = null;
        }

        return logits is null || IsVector(logits.Value.Value)
            ? new GraphFeatures(name, features, map, logits?.Name, logits?.Value)
            : throw new WeightException(
                $"{graph.Source}: '{logits.Value.Name}' is {Dimensions.Text(logits.Value.Value.Shape)}; logits are a vector for each image.");
    }

    private static bool IsVector(RuntimeValue value) => value.Shape.Length == 2 || value.Shape is [_, 1, 1, _];

    private static RuntimeValue Require(FrozenGraph graph, ForwardPass pass, string tensor) => pass.Find(tensor) switch
    {
        RuntimeValue value => value,
        RefusedValue refused => throw refused.Reason,
        _ => throw new WeightException($"{graph.Source}: '{tensor}' is the same whatever the image."),
    };

    // The deepest: auxiliary heads have pools of their own on the way.
    private static (string Name, RuntimeValue Value) LastPool(FrozenGraph graph, ForwardPass pass)
    {
        (GraphNode Node, RuntimeValue Value)? last = null;
        foreach (GraphNode node in graph.Nodes.Where(node => node.Operator is "AvgPool" or "Mean"))
        {
            if (pass[node] is RuntimeValue { PooledFrom: not null } value && value.Depth > (last?.Value.Depth ?? -1))
            {
                last = (node, value);
            }
        }

        return last is { } found ? (found.Node.Name, found.Value) : throw NoPool(graph, pass);
    }

    private static WeightException NoPool(FrozenGraph graph, ForwardPass pass)
    {
        const string Wanted = "no average pool or mean leaves one position of a map";
        return graph.Nodes.FirstOrDefault(node => node.Operator is "AvgPool" or "Mean" && pass[node] is RefusedValue) is { } node
            ? ((RefusedValue)pass[node]).Reason
            : new WeightException($"{graph.Source}: {Wanted}. State the image's size if the graph does not, or name the features' tensor.");
    }

    private static (string Name, RuntimeValue Value)? BeforeSoftmax(FrozenGraph graph, ForwardPass pass, RuntimeValue features)
    {
        (GraphNode Node, RuntimeValue Value)? last = null;
        foreach (GraphNode node in graph.Nodes.Where(node => node.Operator == "Softmax"))
        {
            if (pass[node] is RuntimeValue value && value.Depth > (last?.Value.Depth ?? features.Depth))
            {
                last = (node, value);
            }
        }

        return last is { } found ? (found.Node.Inputs[0].Node, (RuntimeValue)pass[graph.Find(found.Node.Inputs[0].Node)!]) : null;
    }

    private static WeightException NoSoftmax(FrozenGraph graph) =>
        new($"{graph.Source}: no softmax that could be converted stands behind the features; name the logits' tensor.");
}
