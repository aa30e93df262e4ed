using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>
/// Keras' InceptionV3: 94 pairs <c>conv2d_N</c> and <c>batch_normalization_N</c>, numbered in the order of the layers here, and
/// <c>predictions</c>.
/// </summary>
internal sealed class KerasInceptionV3 : ITensorNaming
{
    private const int Units = 94;

    /// <inheritdoc/>
    public string Name => "Keras InceptionV3";

    /// <inheritdoc/>
    public Network? Recognize(TensorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return KerasLayers.Numbered("conv2d", store.Names).Count() == Units
            ? InceptionV3.Create(WeightOrigin.Keras, KerasLayers.Classes(store))
            : null;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorPlacement> Place(Network network, TensorStore store)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(store);
        KerasLayers layers = new();
        layers.Number("conv2d", [.. network.Layers.Where(layer => layer.Operation is Convolution)], store);
        layers.Number("batch_normalization", [.. network.Layers.Where(layer => layer.Operation is BatchNormalization)], store);
        layers.Name("predictions", network["predictions"]);
        return layers.Place(store);
    }
}
