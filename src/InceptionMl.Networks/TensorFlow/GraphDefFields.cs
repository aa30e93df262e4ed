using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// Finds the fields of a GraphDef in a stream, on its own or inside a MetaGraphDef, without reading them: a file is never held
/// whole.
/// </summary>
internal sealed class GraphDefFields(Stream stream, string source)
{
    // Published Inception graphs have a few thousand nodes, training graphs some ten thousand.
    private const int MostFields = 200_000;
    private const int NodeField = 1;
    private const int GraphDefField = 2;
    private const int OperatorField = 2;
    private const int LongestOperator = 64;

    /// <summary>Where the nodes' messages lie.</summary>
    public List<(long Start, int Length)> Nodes()
    {
        List<(int Number, long Start, int Length)> fields = Fields(0, stream.Length);
        if (!LooksLikeGraph(fields))
        {
            (int Number, long Start, int Length) graph = fields.Find(field => field.Number == GraphDefField);
            fields = graph.Number == 0 ? [] : Fields(graph.Start, graph.Start + graph.Length);
            if (!LooksLikeGraph(fields))
            {
                throw new WeightException($"{source} is no TensorFlow graph: neither a frozen GraphDef nor a MetaGraphDef.");
            }
        }

        return fields.Where(field => field.Number == NodeField).Select(field => (field.Start, field.Length)).ToList();
    }

    public byte[] Bytes(long start, int length)
    {
        byte[] bytes = new byte[length];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Field 1 of a MetaGraphDef is a message too, but its field 2, where a node names its operator, is a list of definitions.
    private bool LooksLikeGraph(List<(int Number, long Start, int Length)> fields)
    {
        (int Number, long Start, int Length) first = fields.Find(field => field.Number == NodeField);
        if (first.Number == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> message = Bytes(first.Start, first.Length);
        while (WireField.TryTake(ref message, out WireField field))
        {
            if (field.Number == OperatorField && field.Delimited)
            {
                return field.Payload.Length is > 0 and <= LongestOperator && !field.Payload.ContainsAnyExceptInRange((byte)' ', (byte)'~');
            }
        }

        return false;
    }

    // The length-delimited fields; the others hold nothing that is needed.
    private List<(int Number, long Start, int Length)> Fields(long start, long end)
    {
        List<(int Number, long Start, int Length)> fields = [];
        stream.Position = start;
        while (stream.Position < end)
        {
            ulong tag = Varint();
            ulong length = (tag & 7) switch
            {
                0 => Varint() * 0,
                1 => sizeof(ulong),
                2 => Varint(),
                5 => sizeof(uint),
                _ => throw NoMessage(),
            };
            if (tag >> 3 is 0 or > int.MaxValue || length > (ulong)Math.Max(0, end - stream.Position))
            {
                throw NoMessage();
            }

            if ((tag & 7) == 2)
            {
                fields.Add(((int)(tag >> 3), stream.Position, (int)length));
            }

            stream.Position += (long)length;
            if (fields.Count > MostFields)
            {
                throw new WeightException($"{source} has more than {MostFields} nodes; no Inception network does.");
            }
        }

        return stream.Position == end ? fields : throw NoMessage();
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            int next = stream.ReadByte();
            if (next < 0)
            {
                break;
            }

            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw NoMessage();
    }

    private WeightException NoMessage() =>
        new($"{source} is no TensorFlow graph, or it is cut short: at byte {stream.Position} of {stream.Length} stands no field of a message.");
}

/// <summary>One field of a protobuf message: its number and, where it is length-delimited, its bytes.</summary>
internal readonly ref struct WireField(int number, bool delimited, ReadOnlySpan<byte> payload)
{
    public int Number { get; } = number;

    public bool Delimited { get; } = delimited;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Takes the next field off a message; false where the bytes are no field.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> message, out WireField field)
    {
        field = default;
        if (!TryTakeVarint(ref message, out ulong tag) || tag >> 3 is 0 or > int.MaxValue)
        {
            return false;
        }

        ulong length;
        switch (tag & 7)
        {
            case 0:
                length = 0;
                if (!TryTakeVarint(ref message, out _))
                {
                    return false;
                }

                break;
            case 1:
                length = sizeof(ulong);
                break;
            case 5:
                length = sizeof(uint);
                break;
            case 2 when TryTakeVarint(ref message, out length):
                break;
            default:
                return false;
        }

        if (length > (ulong)message.Length)
        {
            return false;
        }

        field = new WireField((int)(tag >> 3), (tag & 7) == 2, message[..(int)length]);
        message = message[(int)length..];
        return true;
    }

    private static bool TryTakeVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (int i = 0; i < message.Length && i < 10; i++)
        {
            value |= (ulong)(message[i] & 0x7f) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
