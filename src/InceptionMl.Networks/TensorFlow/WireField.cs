namespace InceptionMl.Networks.TensorFlow;

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
