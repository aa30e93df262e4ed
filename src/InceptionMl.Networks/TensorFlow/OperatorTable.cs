namespace InceptionMl.Networks.TensorFlow;

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
