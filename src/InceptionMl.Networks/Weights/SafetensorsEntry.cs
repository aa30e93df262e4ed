using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights;

/// <summary>What a safetensors header says of one float32 tensor: bytes from Begin to End, exclusive, of the data.</summary>
internal sealed record SafetensorsEntry(string Name, ImmutableArray<int> Shape, long Begin, long End)
{
    /// <summary>Whether the bytes are as many as the shape needs, and a single array can hold them.</summary>
    public bool FillsItsShape => Begin >= 0 && Begin <= End && End - Begin <= int.MaxValue && Shape.All(dimension => dimension >= 0)
        && Shape.Aggregate((Int128)sizeof(float), (bytes, dimension) => Int128.Min(bytes * dimension, long.MaxValue)) == End - Begin;
}
