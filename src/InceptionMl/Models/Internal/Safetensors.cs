using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Internal;
using InceptionMl.TensorFiles;

namespace InceptionMl.Models.Internal;

/// <summary>
/// The two tensors of a head in the safetensors format: an 8-byte little-endian header length, a JSON header, then the values.
/// </summary>
public static class Safetensors
{
    /// <summary>Serializes float32 tensors.</summary>
    public static byte[] Write(params IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        Dictionary<string, SafetensorsTensor> described = [];
        int offset = 0;
        foreach ((string name, int[] shape, ReadOnlyMemory<float> values) in tensors)
        {
            int begin = offset;
            offset += values.Length * sizeof(float);
            described.Add(name, new SafetensorsTensor("F32", shape, [begin, offset]));
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(described, SafetensorsJson.Default.DictionaryStringSafetensorsTensor);
        byte[] header = [.. json, .. Enumerable.Repeat((byte)' ', (8 - (json.Length % 8)) % 8)];
        using MemoryStream file = new();
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        file.Write(length);
        file.Write(header);
        foreach ((_, _, ReadOnlyMemory<float> values) in tensors)
        {
            foreach (float value in values.Span)
            {
                BinaryPrimitives.WriteSingleLittleEndian(length, value);
                file.Write(length, 0, sizeof(float));
            }
        }

        return file.ToArray();
    }

    /// <summary>Reads one float32 tensor of an expected shape.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="subject">What a message is about.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="shape">The shape it must have.</param>
    /// <exception cref="ModelFormatException">The bytes are no such file, or the tensor is missing or of another shape.</exception>
    public static float[] Read(byte[] file, Subject subject, string name, params ReadOnlySpan<int> shape)
    {
        SafetensorsEntry? tensor;
        try
        {
            using MemoryStream stream = new(file, writable: false);
            tensor = SafetensorsHeader.Read(stream).Find(entry => entry.Name == name);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(subject, $"it{exception.Message.TrimEnd('.')}", exception);
        }

        return tensor is null ? throw Damaged(subject, $"its header has no '{name}'")
            : tensor.Type == "F32" && shape.SequenceEqual(tensor.Shape) ? Floats(file.AsSpan((int)tensor.Begin, (int)(tensor.End - tensor.Begin)))
            : throw Damaged(subject, $"'{name}' is not float32 of the shape the model card implies");
    }

    private static float[] Floats(ReadOnlySpan<byte> bytes)
    {
        float[] values = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
            }
        }

        return values;
    }

    private static ModelFormatException Damaged(Subject subject, string problem, Exception? inner = null) =>
        subject.Refuse($"holds a damaged head: {problem}", ModelErrorReason.Damaged, inner);
}

/// <summary>A tensor as the header describes it.</summary>
internal sealed record SafetensorsTensor(string Dtype, int[] Shape, int[] DataOffsets);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Dictionary<string, SafetensorsTensor>))]
internal sealed partial class SafetensorsJson : JsonSerializerContext;
