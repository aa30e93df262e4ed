using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>
/// Keras' InceptionResNetV2: the units are numbered, but <c>conv_7b</c> with <c>conv_7b_bn</c>; the up-projections are
/// <c>block35_1_conv</c> and so on, with a bias and no batch normalization; and <c>predictions</c>.
/// </summary>
internal sealed class KerasInceptionResNetV2 : ITensorNaming
{
    private const string LastUnit = "conv_7b";

    /// <inheritdoc/>
    public string Name => "Keras InceptionResNetV2";

    /// <inheritdoc/>
    public Network? Recognize(TensorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Names.Any(name => name.StartsWith("block35_1_conv/", StringComparison.Ordinal))
            ? InceptionResNetV2.Create(KerasLayers.Classes(store))
            : null;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorPlacement> Place(Network network, TensorStore store)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(store);
        KerasLayers layers = new();
        Layer[] numbered = [.. network.Layers.Where(layer => !layer.Name.StartsWith($"{LastUnit}/", StringComparison.Ordinal))];
        layers.Number("conv2d", [.. numbered.Where(layer => layer.Operation is Convolution { Bias: false })], store);
        layers.Number("batch_normalization", [.. numbered.Where(layer => layer.Operation is BatchNormalization)], store);
        layers.Name(LastUnit, network[$"{LastUnit}/conv"]);
        layers.Name($"{LastUnit}_bn", network[$"{LastUnit}/bn"]);
        layers.Name("predictions", network["predictions"]);
        foreach (Layer up in network.Layers.Where(layer => layer.Operation is Convolution { Bias: true }))
        {
            layers.Name($"{up.Name[..up.Name.IndexOf('/', StringComparison.Ordinal)]}_conv", up);
        }

        return layers.Place(store);
    }
}
