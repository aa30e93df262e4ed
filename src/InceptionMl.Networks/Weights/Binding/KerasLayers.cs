using System.Globalization;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>
/// Keras' names of layers and of their variables. Layers that were given no name are numbered as they were made, within a
/// session: <c>conv2d_1</c> to <c>conv2d_94</c>, or from <c>conv2d</c>, or from any number on. So a layer is found by its
/// number's rank, never by its place in the file.
/// </summary>
internal sealed class KerasLayers
{
    private readonly Dictionary<string, Layer> layers = new(StringComparer.Ordinal);

    /// <summary>Gives one layer the name Keras has for it.</summary>
    public void Name(string keras, Layer layer) => layers.Add(keras, layer);

    /// <summary>Gives the numbered layers of one kind to the network's layers of that kind, rank by rank.</summary>
    /// <param name="prefix">What their names begin with: <c>conv2d</c>.</param>
    /// <param name="ofKind">The network's layers in the order in which Keras makes them.</param>
    /// <param name="store">A file's tensors.</param>
    public void Number(string prefix, IReadOnlyList<Layer> ofKind, TensorStore store)
    {
        string[] numbered = [.. Numbered(prefix, store.Names)];
        if (numbered.Length != ofKind.Count)
        {
            throw new WeightException(
                $"{store.Source} has {numbered.Length} layers {prefix}_N where the network has {ofKind.Count}: it is incomplete, or another network's.");
        }

        for (int rank = 0; rank < numbered.Length; rank++)
        {
            Name(numbered[rank], ofKind[rank]);
        }
    }

    /// <summary>Gets the distinct layers of this prefix, by number.</summary>
    public static IEnumerable<string> Numbered(string prefix, IEnumerable<string> tensors) => tensors
        .Select(LayerOf)
        .Distinct()
        .Select(layer => (layer, number: NumberOf(prefix, layer)))
        .Where(entry => entry.number is not null)
        .OrderBy(entry => entry.number)
        .Select(entry => entry.layer);

    public static int Classes(TensorStore store) =>
        store.Names
            .Where(name => LayerOf(name) == "predictions")
            .Select(name => store.TryGet(name, out Tensor? tensor) ? tensor : null)
            .FirstOrDefault(tensor => tensor is { Shape: [_, > 0] })?.Shape[1] ?? 1000;

    /// <summary>Says of each tensor, LAYER/VARIABLE, what it is.</summary>
    public Dictionary<string, TensorPlacement> Place(TensorStore store)
    {
        Dictionary<string, TensorPlacement> placements = new(StringComparer.Ordinal);
        foreach (string tensor in store.Names)
        {
            if (layers.TryGetValue(LayerOf(tensor), out Layer? layer) && Variable(layer, tensor[(tensor.LastIndexOf('/') + 1)..]) is { } parameter)
            {
                placements.Add(tensor, TensorPlacement.At(parameter.Name, Layout(parameter, layer)));
            }
        }

        return placements;
    }

    private static string LayerOf(string tensor) => tensor.LastIndexOf('/') is > 0 and var slash ? tensor[..slash] : tensor;

    private static long? NumberOf(string prefix, string layer)
    {
        if (!layer.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string rest = layer[prefix.Length..];
        return rest.Length == 0 ? 0
            : rest[0] == '_' && long.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
            : null;
    }

    // Keras 3 numbers a layer's variables; they are in the order in which this library has a layer's parameters.
    private static Parameter? Variable(Layer layer, string variable) => variable switch
    {
        "kernel" => layer.Find(ParameterRole.Weight),
        "bias" => layer.Find(ParameterRole.Bias),
        "gamma" => layer.Find(ParameterRole.Gamma),
        "beta" => layer.Find(ParameterRole.Beta),
        "moving_mean" => layer.Find(ParameterRole.Mean),
        "moving_variance" => layer.Find(ParameterRole.Variance),
        [>= '0' and <= '9' and var digit] when digit - '0' < layer.Parameters.Length => layer.Parameters[digit - '0'],
        _ => null,
    };

    private static TensorLayout Layout(Parameter parameter, Layer layer) => (parameter.Role, layer.Operation) switch
    {
        (ParameterRole.Weight, Convolution) => TensorLayout.HeightWidthInputsOutputs,
        (ParameterRole.Weight, Dense) => TensorLayout.InputsOutputs,
        _ => TensorLayout.Same,
    };
}
