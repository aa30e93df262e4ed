using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Operations;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>
/// A network filled with the tensors of a file: every tensor fills one parameter or is listed as ignored with the reason, every
/// parameter is filled, shapes are equal and values finite. The classifier alone may be missing, as in Keras' 'notop' files.
/// </summary>
public sealed class WeightBinding : IWeights
{
    private readonly FrozenDictionary<string, (Tensor Tensor, TensorLayout Layout)> bound;

    private WeightBinding(
        Network network, string source, Dictionary<string, (Tensor, TensorLayout)> bound, ImmutableArray<IgnoredTensor> ignored)
    {
        Network = network;
        Source = source;
        Ignored = ignored;
        this.bound = bound.ToFrozenDictionary(StringComparer.Ordinal);
        HasLogits = network.Logits is { } logits && logits.Parameters.All(parameter => bound.ContainsKey(parameter.Name));
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>What the tensors came from.</summary>
    public string Source { get; }

    /// <summary>Whether the file has the classifier too.</summary>
    public bool HasLogits { get; }

    /// <summary>The tensors the network does without, by name.</summary>
    public ImmutableArray<IgnoredTensor> Ignored { get; }

    /// <summary>Finds out which network a file's tensors are for, and fills it.</summary>
    /// <param name="store">The tensors.</param>
    /// <exception cref="WeightException">They are named as no known network's, or do not fill it; the message says what is wrong.</exception>
    public static WeightBinding Recognize(TensorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (ITensorNaming naming in TensorNamings.All)
        {
            if (naming.Recognize(store) is { } network)
            {
                return Bind(network, store, naming);
            }
        }

        throw new WeightException(
            $"{store.Source}: its {store.Names.Count} tensors ({string.Join(", ", store.Names.Order(StringComparer.Ordinal).Take(3))}, ..) are named as those of none of {string.Join(", ", TensorNamings.All.Select(naming => naming.Name))}.");
    }

    /// <summary>Fills a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="store">The tensors.</param>
    /// <param name="naming">How they are named.</param>
    /// <exception cref="WeightException">A tensor is unknown, a parameter is left empty, a shape differs or a value is not finite.</exception>
    public static WeightBinding Bind(Network network, TensorStore store, ITensorNaming naming)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(naming);
        IReadOnlyDictionary<string, TensorPlacement> placements = naming.Place(network, store);
        Dictionary<string, Parameter> parameters = network.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        Dictionary<string, (Tensor, TensorLayout)> bound = new(StringComparer.Ordinal);
        Dictionary<string, string> tensorOf = new(StringComparer.Ordinal);
        List<IgnoredTensor> ignored = [];
        foreach (string name in store.Names.Order(StringComparer.Ordinal))
        {
            store.TryGet(name, out Tensor? tensor);
            if (placements.GetValueOrDefault(name) is { IgnoredBecause: { } reason })
            {
                ignored.Add(new IgnoredTensor(name, reason));
                continue;
            }

            if (placements.GetValueOrDefault(name)?.Parameter is not { } target || !parameters.TryGetValue(target, out Parameter? parameter))
            {
                throw new WeightException(
                    $"{store.Source}: no layer of {network.Name} takes tensor '{name}' ({Shown(tensor!.Shape)}), which {naming.Name} does not have. Are these the weights of another network?");
            }

            if (!tensorOf.TryAdd(target, name))
            {
                throw new WeightException($"{store.Source}: layer parameter '{target}' is filled by tensor '{tensorOf[target]}' and again by '{name}'.");
            }

            Check(store.Source, parameter, name, tensor!, placements[name].Layout);
            bound.Add(target, (tensor!, placements[name].Layout));
        }

        CheckFilled(network, store, naming, bound);
        return new WeightBinding(network, store.Source, bound, [.. ignored]);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<float> Values(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return bound.TryGetValue(parameter.Name, out (Tensor Tensor, TensorLayout Layout) found)
            ? found.Layout.Values(found.Tensor)
            : throw new WeightException($"{Source} has nothing for '{parameter}'{(HasLogits ? "" : "; it comes without the classifier")}.");
    }

    private static void Check(string source, Parameter parameter, string name, Tensor tensor, TensorLayout layout)
    {
        ImmutableArray<int> expected = layout.InFile(parameter.Shape);
        if (!tensor.Shape.SequenceEqual(expected))
        {
            throw new WeightException(
                $"{source}: tensor '{name}', which is '{parameter.Name}', should be {Shown(expected)} and is {Shown(tensor.Shape)}. Are these the weights of another network?");
        }

        ReadOnlySpan<float> values = tensor.Values.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]) || (parameter.Role == ParameterRole.Variance && values[i] < 0))
            {
                throw new WeightException(
                    $"{source}: tensor '{name}', which is '{parameter.Name}', should have {(parameter.Role == ParameterRole.Variance ? "finite values of at least 0" : "finite values")} and has {values[i].ToString(CultureInfo.InvariantCulture)} at {i}. The file is damaged, or its training diverged.");
            }
        }
    }

    private static void CheckFilled(Network network, TensorStore store, ITensorNaming naming, Dictionary<string, (Tensor, TensorLayout)> bound)
    {
        // A backbone does without the classifier, but not with half of one.
        bool noClassifier = network.Logits is { Operation: Dense } logits && !logits.Parameters.Any(parameter => bound.ContainsKey(parameter.Name));
        foreach (Layer layer in network.Layers.Where(layer => !noClassifier || layer != network.Logits))
        {
            if (layer.Parameters.FirstOrDefault(parameter => !bound.ContainsKey(parameter.Name)) is { } empty)
            {
                throw new WeightException(
                    $"{store.Source}: layer '{layer.Name}' of {network.Name} expects '{empty}', and none of the {store.Names.Count} tensors is it by the names of {naming.Name}. The file is incomplete, or another network's.");
            }
        }
    }

    private static string Shown(ImmutableArray<int> shape) => shape.Length == 0 ? "a single value" : string.Join(" x ", shape);
}
