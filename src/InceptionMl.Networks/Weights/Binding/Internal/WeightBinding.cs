using System.Collections.Frozen;
using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights.Binding.Internal;

/// <summary>
/// A network filled with the tensors of a file: every tensor fills one parameter or is listed as ignored with the reason, every
/// parameter is filled, shapes are equal and values finite. The classifier alone may be missing, as in Keras' 'notop' files.
/// </summary>
public sealed class WeightBinding : IWeights
{
    // What PyTorch's DataParallel puts before every name.
    private const string ParallelPrefix = "module.";

    private readonly FrozenDictionary<string, (Tensor Tensor, TensorLayout Layout)> bound;

    private WeightBinding(
        Network network, ITensorNaming naming, string source, Dictionary<string, (Tensor, TensorLayout)> bound, ImmutableArray<IgnoredTensor> ignored)
    {
        Network = network;
        Naming = naming.Name;
        Source = source;
        Ignored = ignored;
        this.bound = bound.ToFrozenDictionary(StringComparer.Ordinal);
        HasLogits = network.Logits is { } logits && logits.Parameters.All(parameter => bound.ContainsKey(parameter.Name));
    }

    /// <summary>Gets the network.</summary>
    public Network Network { get; }

    /// <summary>Gets whose naming the tensors bear: <c>torchvision inception_v3</c>.</summary>
    public string Naming { get; }

    /// <summary>Gets what the tensors came from.</summary>
    public string Source { get; }

    /// <summary>Gets a value that indicates whether the file has the classifier too.</summary>
    public bool HasLogits { get; }

    /// <summary>Gets the tensors the network does without, by name.</summary>
    public ImmutableArray<IgnoredTensor> Ignored { get; }

    /// <summary>Finds out which network a file's tensors are for, and fills it.</summary>
    /// <param name="store">The tensors.</param>
    /// <exception cref="WeightException">They are named as no known network's, or do not fill it; the message says what is wrong.</exception>
    public static WeightBinding Recognize(TensorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        store = store.Without(ParallelPrefix);
        foreach (ITensorNaming naming in TensorNamings.All)
        {
            if (naming.Recognize(store) is { } network)
            {
                return Bind(network, store, naming);
            }
        }

        string some = string.Join(", ", store.Names.Order(StringComparer.Ordinal).Take(3));
        string known = string.Join(", ", TensorNamings.All.Select(naming => naming.Name));
        throw new WeightException($"{store.Source}: its {store.Names.Count} tensors ({some}, ..) are named as those of none of {known}.");
    }

    /// <summary>Fills a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="store">The tensors.</param>
    /// <param name="naming">How they are named.</param>
    /// <exception cref="WeightException">A tensor is unknown, a parameter is left empty, a shape differs or a value is not finite.</exception>
    internal static WeightBinding Bind(Network network, TensorStore store, ITensorNaming naming)
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
            TensorPlacement? placement = placements.GetValueOrDefault(name);
            if (placement is { IgnoredBecause: { } reason })
            {
                ignored.Add(new IgnoredTensor(name, reason));
                continue;
            }

            Parameter parameter = placement?.Parameter is { } target && parameters.TryGetValue(target, out Parameter? known)
                ? known
                : throw BindingChecks.Unknown(network, store, naming, name, tensor!);
            if (!tensorOf.TryAdd(parameter.Name, name))
            {
                throw BindingChecks.Doubled(store, parameter, tensorOf[parameter.Name], name);
            }

            BindingChecks.Fits(store, parameter, name, tensor!, placement.Layout);
            bound.Add(parameter.Name, (tensor!, placement.Layout));
        }

        BindingChecks.Filled(network, store, naming, bound.ContainsKey);
        return new WeightBinding(network, naming, store.Source, bound, [.. ignored]);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<float> Values(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return bound.TryGetValue(parameter.Name, out (Tensor Tensor, TensorLayout Layout) found)
            ? found.Layout.Values(found.Tensor)
            : throw new WeightException($"{Source} has nothing for '{parameter}'{(HasLogits ? "" : "; it comes without the classifier")}.");
    }
}
