using System.Collections.Immutable;

namespace InceptionMl.Networks.TensorFlow;

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
