using System.Collections.Immutable;
using InceptionMl.Networks.Onnx;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>Operators on each value alone, and on pairs of values that broadcast.</summary>
internal static class ArithmeticOperators
{
    public static GraphValue Pair(ConversionStep step, string operation)
    {
        if (step[0] is ConstantValue left && step[1] is ConstantValue right)
        {
            return new ConstantValue(ConstantArithmetic.Apply(step, operation, left.Constant, right.Constant));
        }

        (string Tensor, ImmutableArray<long> Shape) a = Operand(step, 0);
        (string Tensor, ImmutableArray<long> Shape) b = Operand(step, 1);
        RuntimeValue result = step.Result(step.Emit(operation, [a.Tensor, b.Tensor]), Broadcast(step, a.Shape, b.Shape));
        return result;
    }

    public static GraphValue Alone(ConversionStep step, string operation)
    {
        RuntimeValue value = step.Runtime(0);
        return step.Result(step.Emit(operation, [value.Tensor]), value.Shape);
    }

    public static GraphValue Relu6(ConversionStep step)
    {
        RuntimeValue value = step.Runtime(0);
        string floor = step.Assembly.Scalar($"{step.Node.Name}/floor", 0);
        string ceiling = step.Assembly.Scalar($"{step.Node.Name}/ceiling", 6);
        return step.Result(step.Emit("Clip", [value.Tensor, floor, ceiling]), value.Shape);
    }

    public static GraphValue Rsqrt(ConversionStep step)
    {
        if (step[0] is ConstantValue constant)
        {
            return new ConstantValue(ConstantArithmetic.Rsqrt(step, constant.Constant));
        }

        RuntimeValue value = step.Runtime(0);
        string root = step.Emit("Sqrt", [value.Tensor]);
        return step.Result(step.Emit("Reciprocal", [root]), value.Shape);
    }

    public static GraphValue Softmax(ConversionStep step)
    {
        RuntimeValue value = step.Runtime(0);
        int rank = value.Shape.Length;
        if (rank < 2)
        {
            throw step.Refuse($"takes {Dimensions.Text(value.Shape)}");
        }

        int axis = Dimensions.StoredAxis(rank - 1, rank);
        return step.Result(step.Emit("Softmax", [value.Tensor], Proto.Attribute("axis", axis)), value.Shape);
    }

    private static (string Tensor, ImmutableArray<long> Shape) Operand(ConversionStep step, int index)
    {
        if (step[index] is RuntimeValue value)
        {
            return (value.Tensor, value.Shape);
        }

        Constant constant = step.Reals(index);
        RuntimeValue other = step.Runtime(1 - index);
        if (constant.Shape.IsEmpty || other.Shape.Length != Dimensions.MapRank)
        {
            string plain = step.Assembly.Initializer(step.Node, constant, "constant", () => (constant.Shape, constant.Reals!));
            return (plain, [.. constant.Shape.Select(dimension => (long)dimension)]);
        }

        if (constant.Shape.Length > Dimensions.MapRank)
        {
            throw step.Refuse($"combines a map and a constant of {constant}");
        }

        ImmutableArray<int> wide = [.. Enumerable.Repeat(1, Dimensions.MapRank - constant.Shape.Length), .. constant.Shape];
        string stored = step.Assembly.Initializer(step.Node, constant, "stored_constant", () =>
            ([wide[0], wide[3], wide[1], wide[2]], Permutation.Apply(constant.Reals!, wide, [0, 3, 1, 2])));
        return (stored, [.. wide.Select(dimension => (long)dimension)]);
    }

    private static ImmutableArray<long> Broadcast(ConversionStep step, ImmutableArray<long> a, ImmutableArray<long> b)
    {
        (ImmutableArray<long> wide, ImmutableArray<long> narrow) = a.Length >= b.Length ? (a, b) : (b, a);
        if (step[0] is RuntimeValue && step[1] is RuntimeValue && a.Length != b.Length)
        {
            throw step.Refuse($"combines {Dimensions.Text(a)} and {Dimensions.Text(b)}: images of a batch would meet positions");
        }

        if (wide[0] != Dimensions.Open || (narrow.Length == wide.Length && narrow[0] is not (1 or Dimensions.Open)))
        {
            throw step.Refuse($"combines {Dimensions.Text(a)} and {Dimensions.Text(b)}: a constant would differ between the images of a batch");
        }

        long[] shape = [.. wide];
        for (int i = 1; i <= narrow.Length; i++)
        {
            long x = wide[^i];
            long y = narrow[^i];
            shape[^i] = x == y || y == 1 ? x
                : x == 1 ? y
                : x == Dimensions.Open || y == Dimensions.Open ? Math.Max(x, y)
                : throw step.Refuse($"combines {Dimensions.Text(a)} and {Dimensions.Text(b)}, which do not fit");
        }

        return [.. shape];
    }
}

/// <summary>
/// Arithmetic between constants, as batch normalization spelled out in single operators has it. Done once, here. One operand may be
/// spread over the other; what both would have to be spread to is refused.
/// </summary>
internal static class ConstantArithmetic
{
    public static Constant Apply(ConversionStep step, string operation, Constant a, Constant b)
    {
        Func<double, double, double> function = operation switch
        {
            "Add" => static (x, y) => x + y,
            "Sub" => static (x, y) => x - y,
            "Mul" => static (x, y) => x * y,
            "Div" => static (x, y) => x / y,
            "Max" => Math.Max,
            _ => throw step.Refuse("stands between constants"),
        };
        if (a.Reals is null || b.Reals is null)
        {
            throw step.Refuse("computes with integers that stand in the file; only real numbers are");
        }

        Constant whole = Spread(a.Shape, b.Shape) ? b
            : Spread(b.Shape, a.Shape) ? a
            : throw step.Refuse($"combines {a} and {b}, which do not fit");
        float[] values = New(step, whole.Count);
        int[] fromA = Places(a.Shape, whole.Shape, whole.Count);
        int[] fromB = Places(b.Shape, whole.Shape, whole.Count);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)function(a.Reals[fromA[i]], b.Reals[fromB[i]]);
        }

        return new Constant(whole.Shape, values, null);
    }

    public static Constant Rsqrt(ConversionStep step, Constant constant)
    {
        if (constant.Reals is null)
        {
            throw step.Refuse("takes the root of integers");
        }

        float[] values = New(step, constant.Count);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(1 / Math.Sqrt(constant.Reals[i]));
        }

        return new Constant(constant.Shape, values, null);
    }

    private static float[] New(ConversionStep step, int count) => step.Assembly.Budget.TrySpend(count)
        ? new float[count]
        : throw step.Refuse("is arithmetic between more constants than a network needs");

    private static bool Spread(ImmutableArray<int> narrow, ImmutableArray<int> wide) =>
        narrow.Length <= wide.Length
        && Enumerable.Range(1, narrow.Length).All(i => narrow[^i] == wide[^i] || (narrow[^i] == 1 && wide[^i] > 0));

    // For each value of the whole, where it comes from.
    private static int[] Places(ImmutableArray<int> shape, ImmutableArray<int> whole, int count)
    {
        int[] places = new int[count];
        int stride = 1;
        int wholeStride = 1;
        for (int i = 1; i <= shape.Length; i++)
        {
            int extent = whole[^i];
            for (int p = 0; p < count && shape[^i] > 1; p++)
            {
                places[p] += p / wholeStride % extent * stride;
            }

            stride *= shape[^i];
            wholeStride *= extent;
        }

        return places;
    }
}
