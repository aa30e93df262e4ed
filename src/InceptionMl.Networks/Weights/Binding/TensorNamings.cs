using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>The namings this library knows.</summary>
internal static class TensorNamings
{
    /// <summary>Gets all of them.</summary>
    public static ImmutableArray<ITensorNaming> All { get; } =
        [new TorchvisionInceptionV3(), new TorchvisionGoogLeNet(), new KerasInceptionV3(), new KerasInceptionResNetV2()];
}
