using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights;

/// <summary>What a safetensors header says of one tensor: bytes from Begin to End, exclusive, of the data.</summary>
internal sealed record SafetensorsEntry(string Name, ElementType Type, ImmutableArray<int> Shape, long Begin, long End)
{
    /// <summary>Gets the number of elements.</summary>
    public int Count => (int)((End - Begin) / Type.Size());

    /// <summary>Gets a value that indicates whether the bytes are as many as the shape needs, and a single array can hold them as float32.</summary>
    public bool FillsItsShape => Begin >= 0 && Begin <= End && (End - Begin) / Type.Size() <= int.MaxValue / sizeof(float)
        && Shape.All(dimension => dimension >= 0)
        && Shape.Aggregate((Int128)Type.Size(), (bytes, dimension) => Int128.Min(bytes * dimension, long.MaxValue)) == End - Begin;
}
