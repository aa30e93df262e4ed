using System.Collections.Immutable;

namespace InceptionMl.Networks.TensorFlow;

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
