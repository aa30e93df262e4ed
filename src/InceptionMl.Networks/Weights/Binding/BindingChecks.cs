using System.Collections.Immutable;
using System.Globalization;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>What a file and a network must agree in, and the one message where they do not.</summary>
internal static class BindingChecks
{
    private const string OtherNetwork = "Are these the weights of another network?";

    /// <summary>No layer takes a tensor.</summary>
    public static WeightException Unknown(Network network, TensorStore store, ITensorNaming naming, string name, Tensor tensor) => new(
        $"{store.Source}: no layer of {network.Name} takes tensor '{name}' ({Shown(tensor.Shape)}), "
        + $"which {naming.Name} does not have. {OtherNetwork}");

    /// <summary>Two tensors fill one parameter.</summary>
    public static WeightException Doubled(TensorStore store, Parameter parameter, string first, string second) => new(
        $"{store.Source}: layer parameter '{parameter.Name}' is filled by tensor '{first}' and again by '{second}'.");

    /// <summary>A tensor has its parameter's shape and values that training leaves.</summary>
    public static void Fits(TensorStore store, Parameter parameter, string name, Tensor tensor, TensorLayout layout)
    {
        string which = $"{store.Source}: tensor '{name}', which is '{parameter.Name}',";
        ImmutableArray<int> expected = layout.InFile(parameter.Shape);
        if (!tensor.Shape.SequenceEqual(expected))
        {
            throw new WeightException($"{which} should be {Shown(expected)} and is {Shown(tensor.Shape)}. {OtherNetwork}");
        }

        bool variance = parameter.Role == ParameterRole.Variance;
        ReadOnlySpan<float> values = tensor.Values.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]) || (variance && values[i] < 0))
            {
                throw new WeightException(
                    $"{which} should have finite values{(variance ? " of at least 0" : "")} and has "
                    + $"{values[i].ToString(CultureInfo.InvariantCulture)} at {i}. The file is damaged, or its training diverged.");
            }
        }
    }

    /// <summary>Every layer is filled; the classifier alone may be empty, but not half of it.</summary>
    public static void Filled(Network network, TensorStore store, ITensorNaming naming, Func<string, bool> bound)
    {
        bool noClassifier = network.Logits is { Operation: Dense } logits && !logits.Parameters.Any(parameter => bound(parameter.Name));
        foreach (Layer layer in network.Layers.Where(layer => !noClassifier || layer != network.Logits))
        {
            if (layer.Parameters.FirstOrDefault(parameter => !bound(parameter.Name)) is { } empty)
            {
                throw new WeightException(
                    $"{store.Source}: layer '{layer.Name}' of {network.Name} expects '{empty}', and none of the {store.Names.Count} tensors "
                    + $"is it by the names of {naming.Name}. The file is incomplete, or another network's.");
            }
        }
    }

    private static string Shown(ImmutableArray<int> shape) => shape.Length == 0 ? "a single value" : string.Join(" x ", shape);
}
