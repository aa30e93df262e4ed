using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights;

/// <summary>Named tensors: what a weight file holds, bound to a network by the names of its parameters.</summary>
public sealed class TensorStore : IWeights
{
    private readonly FrozenDictionary<string, Tensor> tensors;

    /// <summary>Creates a store.</summary>
    /// <param name="source">What the tensors came from, for messages: a file's name.</param>
    /// <param name="tensors">The tensors, by name.</param>
    public TensorStore(string source, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        Source = source;
        this.tensors = tensors.ToFrozenDictionary();
    }

    /// <summary>Gets what the tensors came from.</summary>
    public string Source { get; }

    /// <summary>Gets the names.</summary>
    public IReadOnlyCollection<string> Names => tensors.Keys;

    /// <summary>The tensors under shorter names, where every name begins with the prefix; otherwise as they are.</summary>
    internal TensorStore Without(string prefix) => Names.Count > 0 && Names.All(name => name.StartsWith(prefix, StringComparison.Ordinal))
        ? new TensorStore(Source, tensors.Select(entry => KeyValuePair.Create(entry.Key[prefix.Length..], entry.Value)))
        : this;

    /// <summary>Gets the tensor of this name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tensor">The tensor, where there is one.</param>
    public bool TryGet(string name, [NotNullWhen(true)] out Tensor? tensor) => tensors.TryGetValue(name, out tensor);

    /// <inheritdoc/>
    public ReadOnlyMemory<float> Values(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (!tensors.TryGetValue(parameter.Name, out Tensor? tensor))
        {
            throw new WeightException($"{Source} has no tensor '{parameter.Name}'; are these the weights of another network?");
        }

        return tensor.Shape.SequenceEqual(parameter.Shape)
            ? tensor.Values
            : throw new WeightException(
                $"{Source}: '{parameter.Name}' is {string.Join(" x ", tensor.Shape)}; the network wants {string.Join(" x ", parameter.Shape)}.");
    }
}

/// <summary>What every reader of weights asks of its stream.</summary>
internal static class WeightStream
{
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static void RequireLength(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream must know its length, so that a lying size is found before memory is taken.", nameof(stream));
        }
    }

    /// <summary>Gets the first bytes, as many as there are.</summary>
    public static byte[] Beginning(Stream stream, int most)
    {
        byte[] prefix = new byte[most];
        stream.Position = 0;
        return prefix[..stream.ReadAtLeast(prefix, most, throwOnEndOfStream: false)];
    }
}
