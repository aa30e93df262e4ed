using System.Collections.Immutable;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>What has become of a node's output.</summary>
/// <param name="Networked">True behind the first convolution, pool or matrix product: no longer the image's front.</param>
internal abstract record GraphValue(bool Networked);

/// <summary>The value of a Const node in TensorFlow's own order: either real numbers, as float32, or integers.</summary>
internal sealed class Constant(ImmutableArray<int> shape, float[]? reals, long[]? integers)
{
    public ImmutableArray<int> Shape { get; } = shape;

    public float[]? Reals { get; } = reals;

    public long[]? Integers { get; } = integers;

    public int Count => Reals?.Length ?? Integers!.Length;

    public override string ToString() => Shape.IsEmpty ? "a scalar" : string.Join(" x ", Shape);
}

/// <summary>An output that is the same whatever the image.</summary>
internal sealed record ConstantValue(Constant Constant) : GraphValue(Networked: false);

/// <summary>An output that the ONNX graph computes.</summary>
/// <param name="Tensor">The ONNX tensor.</param>
/// <param name="Shape">Its shape in TensorFlow's order; see <see cref="Dimensions"/>.</param>
/// <param name="Depth">Nodes on the longest way from the image.</param>
/// <param name="Networked">See <see cref="GraphValue"/>.</param>
internal sealed record RuntimeValue(string Tensor, ImmutableArray<long> Shape, int Depth, bool Networked) : GraphValue(Networked)
{
    /// <summary>Gets the node this image comes from, where nothing has been computed from it yet.</summary>
    public GraphNode? Image { get; init; }

    /// <summary>Gets the map whose positions this is the mean of.</summary>
    public RuntimeValue? PooledFrom { get; init; }
}

/// <summary>An output that cannot be converted, which matters only where something asked for needs it.</summary>
internal sealed record RefusedValue(WeightException Reason, bool Networked) : GraphValue(Networked);

/// <summary>TensorFlow's numbers for the types of tensor elements that networks and their image fronts use.</summary>
internal enum DataType
{
    None = 0,
    Float = 1,
    Double = 2,
    Int32 = 3,
    UInt8 = 4,
    String = 7,
    Int64 = 9,
    Bool = 10,
    Half = 19,
}
