using System.Collections.Immutable;
using InceptionMl.Networks.Onnx;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>Operators with trained kernels: TensorFlow keeps them height, width, in, out; ONNX out, in, height, width.</summary>
internal static class ConvolutionOperators
{
    public static GraphValue Convolution(ConversionStep step)
    {
        (RuntimeValue map, Constant kernel) = Inputs(step);
        (int inputs, int filters) = (kernel.Shape[2], kernel.Shape[3]);
        long channels = Channels(step, map, inputs);
        if (channels % inputs != 0 || filters % (channels / inputs) != 0)
        {
            throw step.Refuse($"has a kernel of {kernel} for {channels} channels");
        }

        string weight = step.Assembly.Initializer(step.Node, kernel, "weight", () =>
            ([filters, inputs, kernel.Shape[0], kernel.Shape[1]], Permutation.Apply(kernel.Reals!, kernel.Shape, [3, 2, 0, 1])));
        return Emit(step, map, kernel, weight, filters, channels / inputs);
    }

    public static GraphValue Depthwise(ConversionStep step)
    {
        (RuntimeValue map, Constant kernel) = Inputs(step);
        (int inputs, int multiplier) = (kernel.Shape[2], kernel.Shape[3]);
        if (Channels(step, map, inputs) != inputs)
        {
            throw step.Refuse($"has a kernel of {kernel} for {map.Shape[3]} channels");
        }

        int filters = checked(inputs * multiplier);
        string weight = step.Assembly.Initializer(step.Node, kernel, "depthwise_weight", () =>
            ([filters, 1, kernel.Shape[0], kernel.Shape[1]], Permutation.Apply(kernel.Reals!, kernel.Shape, [2, 3, 0, 1])));
        return Emit(step, map, kernel, weight, filters, inputs);
    }

    public static GraphValue MatrixProduct(ConversionStep step)
    {
        RuntimeValue rows = step.Runtime(0);
        Constant matrix = step.Reals(1);
        bool transposed = step.Node.Flag("transpose_b", false);
        if (step.Node.Flag("transpose_a", false) || rows.Shape.Length != 2 || matrix.Shape.Length != 2 || matrix.Count == 0
            || rows.Shape[1] != matrix.Shape[transposed ? 1 : 0])
        {
            throw step.Refuse($"multiplies {Dimensions.Text(rows.Shape)} and {matrix}{(transposed ? " transposed" : "")}");
        }

        string weight = step.Assembly.Initializer(step.Node, matrix, transposed ? "transposed_matrix" : "matrix", () => transposed
            ? ([matrix.Shape[1], matrix.Shape[0]], Permutation.Apply(matrix.Reals!, [1, 1, .. matrix.Shape], [0, 1, 3, 2]))
            : (matrix.Shape, matrix.Reals!));
        string product = step.Emit("MatMul", [rows.Tensor, weight]);
        return step.Result(product, [rows.Shape[0], matrix.Shape[transposed ? 0 : 1]], networked: true);
    }

    private static (RuntimeValue Map, Constant Kernel) Inputs(ConversionStep step)
    {
        step.RequireChannelsLast();
        RuntimeValue map = step.Map(0);
        Constant kernel = step.Reals(1);
        return kernel.Shape.Length == 4 && kernel.Count > 0
            ? (map, kernel)
            : throw step.Refuse($"has a kernel of {kernel}; height x width x in x out was expected");
    }

    private static long Channels(ConversionStep step, RuntimeValue map, int wanted)
    {
        if (map.Shape[3] != Dimensions.Open)
        {
            return map.Shape[3];
        }

        return step.Assembly.TryRequireImageChannels(wanted)
            ? wanted
            : throw step.Refuse($"takes {wanted} channels of the image where another convolution takes {step.Assembly.ImageChannels}");
    }

    private static RuntimeValue Emit(ConversionStep step, RuntimeValue map, Constant kernel, string weight, int filters, long groups)
    {
        SlidingWindow window = new(step, map, kernel.Shape[0], kernel.Shape[1]);
        ImmutableArray<AttributeProto> group = groups == 1 ? [] : [Proto.Attribute("group", groups)];
        string output = step.Emit("Conv", [map.Tensor, weight], [.. window.Attributes(), .. group]);
        return step.Result(output, [map.Shape[0], window.Rows, window.Columns, filters], networked: true);
    }
}
