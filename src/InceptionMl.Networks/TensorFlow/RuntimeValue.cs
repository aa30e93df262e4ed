using System.Collections.Immutable;

namespace InceptionMl.Networks.TensorFlow;

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
