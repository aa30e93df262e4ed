using System.Collections.Immutable;
using InceptionMl.TensorFiles;

namespace InceptionMl.Networks.Weights;

/// <summary>
/// Reads safetensors files. Every tensor becomes float32; whole numbers (<c>num_batches_tracked</c>) too. Nothing in a file is
/// believed before it is checked: a file is read whole or refused.
/// </summary>
internal static class Safetensors
{
    /// <summary>Reads a stream from its beginning.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="WeightException">It is no safetensors file of known types; the message says what is wrong where.</exception>
    public static TensorStore Read(Stream stream, string source)
    {
        WeightStream.RequireLength(stream);
        try
        {
            return new TensorStore(source, SafetensorsHeader.Read(stream).ConvertAll(entry => KeyValuePair.Create(entry.Name, ReadTensor(stream, entry))));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new WeightException(source + exception.Message, exception);
        }
    }

    private static Tensor ReadTensor(Stream stream, SafetensorsEntry entry)
    {
        ElementType type = entry.Type switch
        {
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "F64" => ElementType.Float64,
            "I64" => ElementType.Int64,
            "I32" => ElementType.Int32,
            _ => ElementType.Float32,
        };
        return new Tensor(ImmutableArray.Create(entry.Shape), type.Read(stream, entry.Begin, (int)((entry.End - entry.Begin) / type.Size())));
    }
}
