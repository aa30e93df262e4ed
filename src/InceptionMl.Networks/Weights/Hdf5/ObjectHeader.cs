using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>The header of a group or a dataset: a list of messages, in both versions of the format (specification, IV.A.1).</summary>
internal static class ObjectHeader
{
    private const int MostBlocks = 256;
    private const int MostMessages = 4096;

    public static ImmutableArray<Hdf5Message> Read(Hdf5Bytes bytes, long address)
    {
        bool second = bytes.Block(address, 4).AsSpan().SequenceEqual("OHDR"u8);
        (long at, long length, int prefix) = second ? Second(bytes, address) : First(bytes, address);
        ImmutableArray<Hdf5Message>.Builder messages = ImmutableArray.CreateBuilder<Hdf5Message>();
        Queue<(long Address, long Length)> blocks = new([(at, length)]);
        for (int read = 0; blocks.TryDequeue(out (long Address, long Length) block); read++)
        {
            if (read == MostBlocks || messages.Count > MostMessages)
            {
                throw bytes.Error(address, $"an object's header has more than {MostBlocks} parts or {MostMessages} messages");
            }

            foreach (Hdf5Message message in Messages(bytes, block.Address, block.Length, prefix))
            {
                if (message.Kind == Hdf5MessageKind.Continuation && message.Content.Length >= 16)
                {
                    blocks.Enqueue(Continued(bytes, Hdf5Bytes.Int64(message.Content.Span, 0), Hdf5Bytes.Int64(message.Content.Span, 8), second));
                }
                else
                {
                    messages.Add(message);
                }
            }
        }

        return messages.ToImmutable();
    }

    private static (long At, long Length, int Prefix) First(Hdf5Bytes bytes, long address)
    {
        byte[] header = bytes.Block(address, 16);
        return header[0] == 1
            ? (address + 16, (uint)Hdf5Bytes.Int32(header, 8), 8)
            : throw bytes.Error(address, "an object's header was expected here");
    }

    private static (long At, long Length, int Prefix) Second(Hdf5Bytes bytes, long address)
    {
        byte[] header = bytes.Block(address, 6);
        int flags = header[5];
        long at = address + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        int width = 1 << (flags & 3);
        byte[] size = new byte[8];
        bytes.Block(at, width).CopyTo(size, 0);
        return (at + width, Hdf5Bytes.Int64(size, 0), (flags & 4) != 0 ? 6 : 4);
    }

    // The second version's parts have a signature before them and a checksum behind.
    private static (long Address, long Length) Continued(Hdf5Bytes bytes, long address, long length, bool second)
    {
        if (!second)
        {
            return (address, length);
        }

        bytes.Block(address, 4, "OCHK"u8);
        return (address + 4, length - 8);
    }

    private static List<Hdf5Message> Messages(Hdf5Bytes bytes, long address, long length, int prefix)
    {
        byte[] block = bytes.Block(address, length);
        List<Hdf5Message> messages = [];
        for (int at = 0; at + prefix <= block.Length;)
        {
            (int kind, int size, int flags) = prefix == 8
                ? (Hdf5Bytes.UInt16(block, at), Hdf5Bytes.UInt16(block, at + 2), block[at + 4])
                : (block[at], Hdf5Bytes.UInt16(block, at + 1), block[at + 3]);
            at += prefix;
            if (size > block.Length - at)
            {
                throw bytes.Error(address + at, $"a message of {size} bytes is announced where {block.Length - at} are left");
            }

            messages.Add(new Hdf5Message((Hdf5MessageKind)kind, (flags & 2) != 0, address + at, block.AsMemory(at, size)));
            at += size;
        }

        return messages;
    }
}

/// <summary>One message of an object's header.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Shared">Whether its content stands elsewhere in the file.</param>
/// <param name="Address">Where its content stands.</param>
/// <param name="Content">Its content.</param>
internal sealed record Hdf5Message(Hdf5MessageKind Kind, bool Shared, long Address, ReadOnlyMemory<byte> Content);

/// <summary>What a message is about, as far as a file of weights needs it; the numbers are the format's.</summary>
internal enum Hdf5MessageKind
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Attribute = 0x0c,
    Continuation = 0x10,
    SymbolTable = 0x11,
}
