using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace InceptionMl.Networks.Weights;

/// <summary>
/// Reads safetensors files: eight bytes of header length, a JSON header that gives each tensor's type, shape and place, and the
/// bytes. Every tensor becomes float32; whole numbers (<c>num_batches_tracked</c>) too. Nothing in a file is believed before it is
/// checked: a file is read whole or refused.
/// </summary>
internal static class Safetensors
{
    // A network has some thousand tensors at about a hundred bytes of header each.
    private const int LongestHeader = 16 << 20;
    private const int MostDimensions = 8;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightException">It is no safetensors file of known types; the message says what is wrong where.</exception>
    public static TensorStore Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path));
    }

    /// <summary>Reads a stream from its beginning.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="WeightException">It is no safetensors file of known types; the message says what is wrong where.</exception>
    public static TensorStore Read(Stream stream, string source)
    {
        WeightStream.RequireLength(stream);

        try
        {
            return ReadChecked(stream, source);
        }
        catch (Exception exception) when (exception is JsonException or EndOfStreamException or InvalidOperationException or FormatException)
        {
            throw new WeightException($"{source}: the header is damaged ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    private static TensorStore ReadChecked(Stream stream, string source)
    {
        stream.Position = 0;
        if (stream.Length < 8)
        {
            throw new WeightException($"{source} is no safetensors file: it has {stream.Length} bytes, and the header's length alone takes 8.");
        }

        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > LongestHeader || (long)headerLength > stream.Length - 8)
        {
            throw new WeightException(
                $"{source} is no safetensors file: it has {stream.Length} bytes and claims a header of {headerLength}, where {LongestHeader} is the limit.");
        }

        byte[] header = new byte[headerLength];
        stream.ReadExactly(header);
        List<SafetensorsEntry> entries = ParseHeader(header, source);
        long start = 8 + (long)headerLength;
        CheckPlaces(entries, stream.Length - start, source);
        return new TensorStore(source, entries.ConvertAll(entry => KeyValuePair.Create(entry.Name, ReadTensor(stream, start, entry))));
    }

    private static List<SafetensorsEntry> ParseHeader(byte[] header, string source)
    {
        using JsonDocument document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 4 });
        HashSet<string> names = [];
        List<SafetensorsEntry> entries = [];
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new WeightException($"{source}: '{property.Name}' stands in the header twice.");
            }

            if (property.Name != "__metadata__")
            {
                entries.Add(ParseEntry(property, source));
            }
        }

        return entries;
    }

    private static SafetensorsEntry ParseEntry(JsonProperty property, string source)
    {
        if (!property.Value.TryGetProperty("dtype", out JsonElement type)
            || !property.Value.TryGetProperty("shape", out JsonElement shape)
            || !property.Value.TryGetProperty("data_offsets", out JsonElement offsets)
            || offsets.GetArrayLength() != 2)
        {
            throw new WeightException($"{source}: '{property.Name}' needs a dtype, a shape and two data_offsets.");
        }

        ElementType element = type.GetString() switch
        {
            "F32" => ElementType.Float32,
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "F64" => ElementType.Float64,
            "I64" => ElementType.Int64,
            "I32" => ElementType.Int32,
            var other => throw new WeightException(
                $"{source}: '{property.Name}' is {TensorName.Shown(other ?? "null")}; F64, F32, F16, BF16, I64 and I32 are read here. "
                + "Convert the file to float32."),
        };

        if (shape.GetArrayLength() > MostDimensions)
        {
            throw new WeightException($"{source}: '{property.Name}' has {shape.GetArrayLength()} dimensions; {MostDimensions} is the limit.");
        }

        ImmutableArray<int> dimensions = [.. shape.EnumerateArray().Select(dimension => dimension.GetInt32())];
        SafetensorsEntry entry = new(property.Name, element, dimensions, offsets[0].GetInt64(), offsets[1].GetInt64());
        return entry.FillsItsShape
            ? entry
            : throw new WeightException(
                $"{source}: '{entry.Name}' of shape {string.Join(" x ", dimensions)} cannot lie in bytes {entry.Begin} to {entry.End}.");
    }

    // The format wants the data covered without gap or overlap; that also bounds all memory by the file's length.
    private static void CheckPlaces(List<SafetensorsEntry> entries, long length, string source)
    {
        long end = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
            {
                throw new WeightException(
                    $"{source}: '{entry.Name}' begins at byte {entry.Begin} of the data, where {end} was expected: tensors overlap or leave a gap.");
            }

            end = entry.End;
        }

        if (end != length)
        {
            throw new WeightException($"{source}: the header describes {end} bytes of data and the file has {length}; it is cut short or damaged.");
        }
    }

    private static Tensor ReadTensor(Stream stream, long start, SafetensorsEntry entry) =>
        new(entry.Shape, entry.Type.Read(stream, start + entry.Begin, entry.Count));
}
