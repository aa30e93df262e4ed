using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using InceptionMl.Internal;

namespace InceptionMl.Models.Internal;

/// <summary>
/// The two tensors of a head in the safetensors format: an 8-byte little-endian header length, a JSON header, then the values.
/// </summary>
public static class Safetensors
{
    private const int MaxHeader = 1 << 20;

    /// <summary>Serializes float32 tensors.</summary>
    public static byte[] Write(params IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            int offset = 0;
            writer.WriteStartObject();
            foreach ((string name, int[] shape, ReadOnlyMemory<float> values) in tensors)
            {
                int end = offset + (values.Length * sizeof(float));
                writer.WriteStartObject(name);
                writer.WriteString("dtype", "F32");
                WriteNumbers(writer, "shape", shape);
                WriteNumbers(writer, "data_offsets", [offset, end]);
                writer.WriteEndObject();
                offset = end;
            }

            writer.WriteEndObject();
        }

        int padding = (int)((8 - (json.Length % 8)) % 8);
        json.Write(Encoding.ASCII.GetBytes(new string(' ', padding)));
        byte[] header = json.ToArray();
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
    public static float[] Read(ReadOnlySpan<byte> file, Subject subject, string name, params ReadOnlySpan<int> shape)
    {
        long length = file.Length < 8 ? 0 : BinaryPrimitives.ReadInt64LittleEndian(file);
        if (length is <= 0 or > MaxHeader || length > file.Length - 8)
        {
            throw Damaged(subject, "its header's length does not fit the file");
        }

        ReadOnlySpan<byte> header = file.Slice(8, (int)length);
        ReadOnlySpan<byte> data = file[(8 + (int)length)..];
        try
        {
            Utf8JsonReader reader = new(header, new JsonReaderOptions { MaxDepth = 8 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement tensor = document.RootElement.GetProperty(name);
            long[] offsets = Numbers(tensor.GetProperty("data_offsets"));
            if (tensor.GetProperty("dtype").GetString() != "F32" || !SameShape(Numbers(tensor.GetProperty("shape")), shape))
            {
                throw Damaged(subject, $"'{name}' is not float32 of the shape the model card implies");
            }

            long bytes = sizeof(float);
            foreach (int side in shape)
            {
                bytes *= side;
            }

            if (offsets.Length != 2 || offsets[0] < 0 || offsets[0] > data.Length || offsets[1] - offsets[0] != bytes || offsets[1] > data.Length)
            {
                throw Damaged(subject, $"'{name}' does not lie inside the file");
            }

            return Floats(data.Slice((int)offsets[0], (int)bytes));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(subject, $"its header has no usable '{name}'", exception);
        }
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

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetInt64())];

    private static bool SameShape(long[] found, ReadOnlySpan<int> expected)
    {
        if (found.Length != expected.Length)
        {
            return false;
        }

        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] != expected[i])
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<int> values)
    {
        writer.WriteStartArray(name);
        foreach (int value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    private static ModelFormatException Damaged(Subject subject, string problem, Exception? inner = null) =>
        subject.Refuse($"holds a damaged head: {problem}", ModelErrorReason.Damaged, inner);
}
