using System.Collections.Immutable;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>The value of a Const node in TensorFlow's own order: either real numbers, as float32, or integers.</summary>
internal sealed class Constant(ImmutableArray<int> shape, float[]? reals, long[]? integers)
{
    public ImmutableArray<int> Shape { get; } = shape;

    public float[]? Reals { get; } = reals;

    public long[]? Integers { get; } = integers;

    public int Count => Reals?.Length ?? Integers!.Length;

    public override string ToString() => Shape.IsEmpty ? "a scalar" : string.Join(" x ", Shape);
}
