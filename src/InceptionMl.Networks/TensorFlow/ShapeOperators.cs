using System.Collections.Immutable;
using InceptionMl.Networks.Onnx;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// Operators that rearrange. Maps are stored channels first here, so an axis is renumbered, and a new shape is taken only where no
/// value would have to move.
/// </summary>
internal static class ShapeOperators
{
    /// <summary>Concat names its axis first, ConcatV2 last.</summary>
    public static GraphValue Concat(ConversionStep step, bool axisFirst)
    {
        int first = axisFirst ? 1 : 0;
        int count = step.Count - 1;
        if (count < 1)
        {
            throw step.Refuse("joins nothing");
        }

        List<RuntimeValue> parts = [.. Enumerable.Range(first, count).Select(step.Runtime)];
        ImmutableArray<long> shape = parts[0].Shape;
        int axis = step.Axis(step.Integer(axisFirst ? 0 : step.Count - 1), shape.Length);
        foreach (RuntimeValue part in parts.Skip(1))
        {
            if (part.Shape.Length != shape.Length || !Enumerable.Range(0, shape.Length).All(i => i == axis || Agree(part.Shape[i], shape[i])))
            {
                throw step.Refuse($"joins {Dimensions.Text(shape)} and {Dimensions.Text(part.Shape)} on axis {axis}");
            }
        }

        long joined = parts.Any(part => part.Shape[axis] == Dimensions.Open) ? Dimensions.Open : parts.Sum(part => part.Shape[axis]);
        if (axis == 0)
        {
            throw step.Refuse("joins images of a batch");
        }

        string output = step.Emit(
            "Concat", parts.Select(part => part.Tensor), Proto.Attribute("axis", Dimensions.StoredAxis(axis, shape.Length)));
        return step.Result(output, shape.SetItem(axis, joined));
    }

    public static GraphValue Pad(ConversionStep step)
    {
        RuntimeValue value = step.Runtime(0);
        int rank = value.Shape.Length;
        ImmutableArray<long> pads = step.Integers(1);
        if (pads.Length != 2 * rank || pads.Any(pad => pad is < 0 or > 1 << 16) || pads[0] + pads[1] != 0)
        {
            throw step.Refuse($"pads {Dimensions.Text(value.Shape)} by {string.Join(", ", pads)}");
        }

        long[] stored = new long[2 * rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int place = Dimensions.StoredAxis(axis, rank);
            (stored[place], stored[rank + place]) = (pads[2 * axis], pads[(2 * axis) + 1]);
        }

        string output = step.Emit("Pad", [value.Tensor, step.Assembly.Integers($"{step.Node.Name}/pads", stored)]);
        return step.Result(
            output,
            [.. value.Shape.Select((dimension, axis) =>
                dimension == Dimensions.Open ? dimension : dimension + pads[2 * axis] + pads[(2 * axis) + 1])]);
    }

    public static GraphValue Reshape(ConversionStep step)
    {
        ImmutableArray<long> wanted = step.Integers(1);
        if (step[0] is ConstantValue { Constant: var constant })
        {
            return Reshaped(step, constant, Complete(step, wanted, constant.Count));
        }

        RuntimeValue value = step.Runtime(0);
        long size = Dimensions.PerImage(value.Shape);
        if (size == Dimensions.Open)
        {
            throw step.Refuse($"reshapes {Dimensions.Text(value.Shape)}; state the image's size, so that it is known whether values move");
        }

        // The batch stays open, whatever size the graph was frozen with.
        return wanted.Length > 0 && wanted[0] is -1 or Dimensions.Batch or > 0
            ? Reshaped(step, value, [Dimensions.Open, .. Complete(step, wanted.RemoveAt(0), size)])
            : throw step.Refuse($"reshapes to {Dimensions.Text(wanted)}, which mixes the images of a batch");
    }

    public static GraphValue Squeeze(ConversionStep step)
    {
        ImmutableArray<long> named = step.Node.Integers("squeeze_dims");
        if (step[0] is ConstantValue { Constant: var constant })
        {
            ImmutableArray<long> shape = [.. constant.Shape.Select(dimension => (long)dimension)];
            return Reshaped(step, constant, Squeezed(step, shape, named));
        }

        RuntimeValue value = step.Runtime(0);
        return Reshaped(step, value, Squeezed(step, value.Shape, named));
    }

    public static GraphValue ExpandDims(ConversionStep step)
    {
        if (step[0] is ConstantValue { Constant: var constant })
        {
            int at = step.Axis(step.Integer(1), constant.Shape.Length + 1);
            return Reshaped(step, constant, [.. constant.Shape.Insert(at, 1).Select(dimension => (long)dimension)]);
        }

        RuntimeValue value = step.Runtime(0);
        int axis = step.Axis(step.Integer(1), value.Shape.Length + 1);
        if (axis > 0)
        {
            return Reshaped(step, value, value.Shape.Insert(axis, 1));
        }

        return value is { Image: not null, Shape.Length: 3 }
            ? step.Assembly.Image(step.Node, value.Shape.Insert(0, Dimensions.Open))
            : throw step.Refuse("adds a dimension in front of the batch");
    }

    private static ImmutableArray<long> Squeezed(ConversionStep step, ImmutableArray<long> shape, ImmutableArray<long> named)
    {
        HashSet<int> axes = named.IsEmpty
            ? [.. Enumerable.Range(0, shape.Length).Where(axis => shape[axis] == 1)]
            : [.. named.Select(axis => step.Axis(axis, shape.Length))];
        return axes.All(axis => shape[axis] == 1)
            ? [.. shape.Where((_, axis) => !axes.Contains(axis))]
            : throw step.Refuse($"squeezes {Dimensions.Text(shape)} on {string.Join(", ", named)}; state the image's size if it is not known");
    }

    // Fills in the one dimension that may be left to be worked out.
    private static ImmutableArray<long> Complete(ConversionStep step, ImmutableArray<long> wanted, long size)
    {
        long known = 1;
        int open = -1;
        for (int i = 0; i < wanted.Length; i++)
        {
            bool fits = wanted[i] == -1 ? open < 0 : wanted[i] > 0 && known <= size / wanted[i];
            if (!fits)
            {
                throw step.Refuse($"reshapes {size} values to {Dimensions.Text(wanted)}");
            }

            (open, known) = wanted[i] == -1 ? (i, known) : (open, known * wanted[i]);
        }

        return open >= 0 && size % known == 0 ? wanted.SetItem(open, size / known)
            : open < 0 && known == size ? wanted
            : throw step.Refuse($"reshapes {size} values to {Dimensions.Text(wanted)}");
    }

    private static ConstantValue Reshaped(ConversionStep step, Constant constant, ImmutableArray<long> shape) =>
        shape.Length <= 8
            ? new ConstantValue(new Constant([.. shape.Select(dimension => (int)dimension)], constant.Reals, constant.Integers))
            : throw step.Refuse($"makes a constant of {shape.Length} dimensions");

    private static RuntimeValue Reshaped(ConversionStep step, RuntimeValue value, ImmutableArray<long> shape)
    {
        if (shape.SequenceEqual(value.Shape))
        {
            return value;
        }

        if (!Dimensions.OrderIsKept(value.Shape) || !Dimensions.OrderIsKept(shape) || shape.Skip(1).Contains(Dimensions.Open) || shape.Length > 8)
        {
            throw step.Refuse($"reshapes {Dimensions.Text(value.Shape)} to {Dimensions.Text(shape)}: values would have to be transposed");
        }

        string target = step.Assembly.Integers($"{step.Node.Name}/shape", [.. Dimensions.Stored(shape)]);
        return step.Result(step.Emit("Reshape", [value.Tensor, target]), shape) with { PooledFrom = value.PooledFrom };
    }

    private static bool Agree(long a, long b) => a == b || a == Dimensions.Open || b == Dimensions.Open;
}

/// <summary>
/// Shapes that a graph works out as it runs, as the flattening before a classifier does: Shape, StridedSlice, Pack. Done here once,
/// with the batch's size as <see cref="Dimensions.Batch"/>, which stays open.
/// </summary>
internal static class ShapeVectorOperators
{
    // No tensor has more dimensions here.
    private const int Longest = 8;

    public static GraphValue Shape(ConversionStep step)
    {
        ImmutableArray<long> shape = step.Runtime(0).Shape;
        return shape.Length <= Longest && !shape.Skip(1).Contains(Dimensions.Open)
            ? Vector([Dimensions.Batch, .. shape.Skip(1)])
            : throw step.Refuse($"asks for the shape of {Dimensions.Text(shape)}; state the image's size");
    }

    public static GraphValue Slice(ConversionStep step)
    {
        ImmutableArray<long> vector = step.Integers(0);
        if (step.Node.Integer("ellipsis_mask", 0) != 0 || step.Node.Integer("new_axis_mask", 0) != 0 || step.Integer(3) != 1)
        {
            throw step.Refuse("slices by an ellipsis, a new axis or a stride");
        }

        int begin = step.Node.Integer("begin_mask", 0) != 0 ? 0 : Place(step.Integer(1), vector.Length);
        if (step.Node.Integer("shrink_axis_mask", 0) != 0)
        {
            return begin < vector.Length
                ? new ConstantValue(new Constant([], null, [vector[begin]]))
                : throw step.Refuse($"takes value {begin} of {vector.Length}");
        }

        int end = step.Node.Integer("end_mask", 0) != 0 ? vector.Length : Place(step.Integer(2), vector.Length);
        return end - begin is > 0 and <= Longest
            ? Vector([.. vector.AsSpan(begin, end - begin)])
            : throw step.Refuse($"takes values {begin} to {end} of {vector.Length}");
    }

    public static GraphValue Pack(ConversionStep step) => step.Count is > 0 and <= Longest && step.Node.Integer("axis", 0) == 0
        ? Vector([.. Enumerable.Range(0, step.Count).Select(step.Integer)])
        : throw step.Refuse($"packs {step.Count} values");

    private static int Place(long index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);

    private static ConstantValue Vector(long[] values) => new(new Constant([values.Length], null, values));
}
