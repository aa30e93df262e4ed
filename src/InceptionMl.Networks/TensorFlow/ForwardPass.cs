using System.Collections.Immutable;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// Converts every node that can be, in order. What cannot be is remembered with the reason: published graphs hold much, such as
/// auxiliary heads and label look-ups, that nobody asks for.
/// </summary>
internal sealed class ForwardPass
{
    private readonly FrozenGraph graph;
    private readonly OnnxAssembly assembly;
    private readonly Dictionary<GraphNode, GraphValue> values = [];

    public ForwardPass(FrozenGraph graph, OnnxAssembly assembly)
    {
        this.graph = graph;
        this.assembly = assembly;
        foreach (GraphNode node in graph.Nodes)
        {
            values[node] = Value(node);
        }
    }

    public GraphValue this[GraphNode node] => values[node];

    /// <summary>Gets the value of a tensor named as TensorFlow names it.</summary>
    public GraphValue Find(string tensor)
    {
        if (!TensorReference.TryParse(tensor, out TensorReference reference) || reference.Control || graph.Find(reference.Node) is null)
        {
            throw new WeightException($"{graph.Source} has no tensor '{tensor}'.");
        }

        return Value(reference);
    }

    private GraphValue Value(TensorReference reference)
    {
        GraphNode node = graph.Find(reference.Node)!;
        return reference.Port == 0
            ? values[node]
            : new RefusedValue(
                node.Refusal($"is asked for its output {reference.Port}; only the first output of an operator is converted"),
                values[node].Networked);
    }

    private GraphValue Value(GraphNode node)
    {
        ImmutableArray<GraphValue> inputs = [.. node.Inputs.Where(input => !input.Control).Select(Value)];
        try
        {
            if (node.Operator == "Const")
            {
                return new ConstantValue(node.Constant ?? throw node.Refusal(node.ConstantProblem!));
            }

            return ImageFront.Holds(node.Operator) ? ImageFront.Image(node, inputs, assembly)
                : inputs.OfType<RefusedValue>().FirstOrDefault() is { } refused ? refused with { Networked = inputs.Any(input => input.Networked) }
                : OperatorTable.Convert(new ConversionStep(node, inputs, assembly));
        }
        catch (WeightException exception)
        {
            return new RefusedValue(exception, IsNetwork(node) || inputs.Any(input => input.Networked));
        }
    }

    private static bool IsNetwork(GraphNode node) =>
        node.Operator is "MatMul"
        || node.Operator.Contains("Conv", StringComparison.Ordinal)
        || node.Operator.Contains("Pool", StringComparison.Ordinal);
}
