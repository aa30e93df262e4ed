using System.Buffers.Binary;
using System.Text.Json;

namespace InceptionMl.TensorFiles;

/// <summary>A tensor of a safetensors file: the bytes from Begin to End, exclusive, of the file.</summary>
internal sealed record SafetensorsEntry(string Name, string Type, int[] Shape, long Begin, long End);

/// <summary>
/// The beginning of a safetensors file: eight bytes of header length, then a JSON header that gives each tensor's type, shape and
/// place. Nothing in it is believed before it is checked.
/// </summary>
internal static class SafetensorsHeader
{
    private const int PrefixLength = 8;

    // A network has some thousand tensors at about a hundred bytes of header each.
    private const int LongestHeader = 16 << 20;
    private const int MostDimensions = 8;

    /// <summary>Reads the header of a file, whose tensors then fill the file without gap or overlap, each as many bytes as its shape needs.</summary>
    /// <param name="stream">The file, from its beginning; a stream that can seek.</param>
    /// <exception cref="InvalidDataException">It is no safetensors file of known types. The message follows the file's name.</exception>
    public static List<SafetensorsEntry> Read(Stream stream)
    {
        try
        {
            byte[] header = ReadJson(stream);
            long start = PrefixLength + header.Length;
            List<SafetensorsEntry> entries = Parse(header, start);
            CheckPlaces(entries, start, stream.Length);
            return entries;
        }
        catch (Exception exception) when (exception is JsonException or EndOfStreamException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($": the header is damaged ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    private static byte[] ReadJson(Stream stream)
    {
        stream.Position = 0;
        if (stream.Length < PrefixLength)
        {
            throw new InvalidDataException($" is no safetensors file: it has {stream.Length} bytes, and the header's length alone takes {PrefixLength}.");
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader || (long)length > stream.Length - PrefixLength)
        {
            throw new InvalidDataException(
                $" is no safetensors file: it has {stream.Length} bytes and claims a header of {length}, where {LongestHeader} is the limit.");
        }

        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    private static List<SafetensorsEntry> Parse(byte[] header, long start)
    {
        using JsonDocument document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 4 });
        HashSet<string> names = [];
        List<SafetensorsEntry> entries = [];
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new InvalidDataException($": '{property.Name}' stands in the header twice.");
            }

            if (property.Name != "__metadata__")
            {
                entries.Add(ParseEntry(property, start));
            }
        }

        return entries;
    }

    private static SafetensorsEntry ParseEntry(JsonProperty property, long start)
    {
        if (!property.Value.TryGetProperty("dtype", out JsonElement type)
            || !property.Value.TryGetProperty("shape", out JsonElement shape)
            || !property.Value.TryGetProperty("data_offsets", out JsonElement offsets)
            || offsets.GetArrayLength() != 2)
        {
            throw new InvalidDataException($": '{property.Name}' needs a dtype, a shape and two data_offsets.");
        }

        string typeName = type.GetString() ?? "null";
        int size = ElementSize(typeName) ?? throw new InvalidDataException(
            $": '{property.Name}' is {string.Concat(typeName.Take(100).Select(c => c is < ' ' or > '~' ? '?' : c))}; F64, F32, F16, BF16, I64 and I32 are read here. "
            + "Convert the file to float32.");
        if (shape.GetArrayLength() > MostDimensions)
        {
            throw new InvalidDataException($": '{property.Name}' has {shape.GetArrayLength()} dimensions; {MostDimensions} is the limit.");
        }

        int[] dimensions = [.. shape.EnumerateArray().Select(dimension => dimension.GetInt32())];
        (long begin, long end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        return Fills(size, dimensions, begin, end)
            ? new SafetensorsEntry(property.Name, typeName, dimensions, start + begin, start + end)
            : throw new InvalidDataException(
                $": '{property.Name}' of shape {string.Join(" x ", dimensions)} cannot lie in bytes {begin} to {end}.");
    }

    private static int? ElementSize(string type) => type switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "F16" or "BF16" => 2,
        _ => null,
    };

    // As many bytes as the shape needs, and no more elements than a single array can hold as float32.
    private static bool Fills(int size, int[] shape, long begin, long end) =>
        begin >= 0 && begin <= end && end <= long.MaxValue - LongestHeader - PrefixLength && (end - begin) / size <= int.MaxValue / sizeof(float)
        && shape.All(dimension => dimension >= 0)
        && shape.Aggregate((Int128)size, (bytes, dimension) => Int128.Min(bytes * dimension, long.MaxValue)) == end - begin;

    // The format wants the data covered without gap or overlap; that also bounds all memory by the file's length.
    private static void CheckPlaces(List<SafetensorsEntry> entries, long start, long length)
    {
        long end = start;
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
            {
                throw new InvalidDataException(
                    $": '{entry.Name}' begins at byte {entry.Begin - start} of the data, where {end - start} was expected: tensors overlap or leave a gap.");
            }

            end = entry.End;
        }

        if (end != length)
        {
            throw new InvalidDataException($": the header describes {end - start} bytes of data and the file has {length - start}; it is cut short or damaged.");
        }
    }
}
