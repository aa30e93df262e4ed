using System.Collections.Immutable;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// Shapes in TensorFlow's order (maps are batch, height, width, channels) and in the order they are stored in here: maps are
/// batch, channels, height, width; everything else is as TensorFlow has it.
/// </summary>
internal static class Dimensions
{
    /// <summary>A dimension known only when the graph runs.</summary>
    public const long Open = -1;

    /// <summary>The batch's size in a shape that the graph works out; it may stand only where a batch does.</summary>
    public const long Batch = long.MinValue;

    public const int MapRank = 4;

    public static ImmutableArray<long> Stored(ImmutableArray<long> shape) =>
        shape.Length == MapRank ? [shape[0], shape[3], shape[1], shape[2]] : shape;

    /// <summary>Where an axis of TensorFlow's order is stored.</summary>
    public static int StoredAxis(int axis, int rank) => rank != MapRank ? axis : axis switch { 0 => 0, 3 => 1, _ => axis + 1 };

    /// <summary>True where a tensor's values lie in TensorFlow's order: it is no map, or a map of one position.</summary>
    public static bool OrderIsKept(ImmutableArray<long> shape) => shape.Length != MapRank || (shape[1] == 1 && shape[2] == 1);

    /// <summary>True where no dimension is empty or beyond what any tensor here has.</summary>
    public static bool AreSane(ImmutableArray<long> shape) => shape.All(dimension => dimension is Open or (>= 1 and <= int.MaxValue));

    /// <summary>Values per image; open where a dimension is, or where they are too many for any tensor.</summary>
    public static long PerImage(ImmutableArray<long> shape)
    {
        long size = 1;
        foreach (long dimension in shape.Skip(1))
        {
            if (dimension == Open || (size *= dimension) > int.MaxValue)
            {
                return Open;
            }
        }

        return size;
    }

    public static string Text(ImmutableArray<long> shape) =>
        shape.IsEmpty
            ? "a scalar"
            : string.Join(" x ", shape.Select(dimension => dimension is Open or Batch ? "?" : FormattableString.Invariant($"{dimension}")));
}

/// <summary>Arrays of four dimensions in another order.</summary>
internal static class Permutation
{
    /// <summary>Gets the values with dimension <c>order[i]</c> in place i.</summary>
    public static float[] Apply(float[] values, ImmutableArray<int> shape, ImmutableArray<int> order)
    {
        int[] strides = new int[4];
        int stride = 1;
        for (int i = 3; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        float[] result = new float[values.Length];
        int next = 0;
        for (int a = 0; a < shape[order[0]]; a++)
        {
            for (int b = 0; b < shape[order[1]]; b++)
            {
                for (int c = 0; c < shape[order[2]]; c++)
                {
                    int from = (a * strides[order[0]]) + (b * strides[order[1]]) + (c * strides[order[2]]);
                    for (int d = 0; d < shape[order[3]]; d++)
                    {
                        result[next++] = values[from + (d * strides[order[3]])];
                    }
                }
            }
        }

        return result;
    }
}
