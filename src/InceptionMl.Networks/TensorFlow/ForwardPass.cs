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

/// <summary>The operators of Inception networks, and what makes each an ONNX node.</summary>
internal static class OperatorTable
{
    /// <summary>What the node's first output becomes.</summary>
    /// <exception cref="Weights.WeightException">It cannot be converted; the message names node and operator.</exception>
    public static GraphValue Convert(ConversionStep step) => step.Node.Operator switch
    {
        "Conv2D" => ConvolutionOperators.Convolution(step),
        "DepthwiseConv2dNative" => ConvolutionOperators.Depthwise(step),
        "MatMul" => ConvolutionOperators.MatrixProduct(step),
        "BiasAdd" => NormalizationOperators.BiasAdd(step),
        "BatchNormWithGlobalNormalization" => NormalizationOperators.GlobalNormalization(step),
        "FusedBatchNorm" or "FusedBatchNormV2" or "FusedBatchNormV3" => NormalizationOperators.FusedNormalization(step),
        "LRN" => NormalizationOperators.LocalResponse(step),
        "Relu" => ArithmeticOperators.Alone(step, "Relu"),
        "Relu6" => ArithmeticOperators.Relu6(step),
        "Rsqrt" => ArithmeticOperators.Rsqrt(step),
        "Softmax" => ArithmeticOperators.Softmax(step),
        "Add" or "AddV2" => ArithmeticOperators.Pair(step, "Add"),
        "Sub" => ArithmeticOperators.Pair(step, "Sub"),
        "Mul" => ArithmeticOperators.Pair(step, "Mul"),
        "RealDiv" => ArithmeticOperators.Pair(step, "Div"),
        "Maximum" => ArithmeticOperators.Pair(step, "Max"),
        "MaxPool" => PoolOperators.MaxPool(step),
        "AvgPool" => PoolOperators.AveragePool(step),
        "Mean" => PoolOperators.Mean(step),
        "Concat" => ShapeOperators.Concat(step, axisFirst: true),
        "ConcatV2" => ShapeOperators.Concat(step, axisFirst: false),
        "Pad" => ShapeOperators.Pad(step),
        "Reshape" => ShapeOperators.Reshape(step),
        "Shape" => ShapeVectorOperators.Shape(step),
        "StridedSlice" => ShapeVectorOperators.Slice(step),
        "Pack" => ShapeVectorOperators.Pack(step),
        "Squeeze" => ShapeOperators.Squeeze(step),
        "ExpandDims" => ShapeOperators.ExpandDims(step),
        "Identity" or "CheckNumerics" => step[0],
        "Variable" or "VariableV2" or "VarHandleOp" =>
            throw step.Refuse("is a variable, whose value is in a checkpoint and not in this file: freeze the graph first"),
        _ => throw step.Refuse("is an operator that no Inception network has and that cannot be converted"),
    };
}
