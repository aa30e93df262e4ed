using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>How one source of published weights names the tensors of one network.</summary>
internal interface ITensorNaming
{
    /// <summary>Gets whose naming of what it is: <c>torchvision inception_v3</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the network these tensors are for, with as many classes as they have; null if they are not named so.</summary>
    /// <param name="store">The tensors of a file.</param>
    public Network? Recognize(TensorStore store);

    /// <summary>Says of each tensor what it is.</summary>
    /// <param name="network">The network, as <see cref="Recognize"/> makes it.</param>
    /// <param name="store">The tensors of a file.</param>
    /// <returns>The placements by tensor; a tensor that is not among them is unknown to this naming.</returns>
    /// <exception cref="WeightException">The names, together, cannot be this network's.</exception>
    public IReadOnlyDictionary<string, TensorPlacement> Place(Network network, TensorStore store);
}

/// <summary>The namings this library knows.</summary>
internal static class TensorNamings
{
    /// <summary>Gets all of them.</summary>
    public static ImmutableArray<ITensorNaming> All { get; } =
        [new TorchvisionInceptionV3(), new TorchvisionGoogLeNet(), new KerasInceptionV3(), new KerasInceptionResNetV2()];
}
