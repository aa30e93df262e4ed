using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights;

/// <summary>An array of float32 with its shape, outermost dimension first.</summary>
public sealed class Tensor
{
    /// <summary>Creates a tensor.</summary>
    /// <param name="shape">Its dimensions; at least 0 each.</param>
    /// <param name="values">As many values as the dimensions multiply to.</param>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public Tensor(ImmutableArray<int> shape, ReadOnlyMemory<float> values)
    {
        long count = shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
        if (shape.Any(dimension => dimension < 0) || count != values.Length)
        {
            throw new ArgumentException($"A shape of {string.Join(" x ", shape)} holds {count} values; there are {values.Length}.", nameof(values));
        }

        Shape = shape;
        Values = values;
    }

    /// <summary>Gets its dimensions.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Gets its values, the last dimension running fastest.</summary>
    public ReadOnlyMemory<float> Values { get; }
}

/// <summary>Names that come from a file: they end in messages, and so on terminals and in logs.</summary>
internal static class TensorName
{
    private const int Longest = 512;

    /// <summary>Determines whether it is of a sensible length and holds nothing that could steer a terminal.</summary>
    public static bool IsPlain(string name) => name.Length is > 0 and <= Longest && !name.Any(Steers);

    /// <summary>What a message may show of any name.</summary>
    public static string Shown(string name) => string.Concat(name.Take(100).Select(c => Steers(c) ? '?' : c));

    private static bool Steers(char c) => c is < ' ' or > '~';
}
