using System.Collections.Immutable;
using System.Text;

namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>
/// The members of a group: in a symbol table (specification, III.A to III.D), or as messages of its header. Only links to
/// objects of the same file are followed; a link that leads to another file is refused, whatever file it is.
/// </summary>
internal static class GroupLinks
{
    private const int MostMembers = 20_000;
    private const int SymbolLength = 40;
    private const int SoftLink = 2;

    public static Dictionary<string, long> Read(Hdf5Bytes bytes, long group, ImmutableArray<Hdf5Message> header)
    {
        Dictionary<string, long> members = new(StringComparer.Ordinal);
        foreach (Hdf5Message message in header)
        {
            ReadOnlySpan<byte> content = message.Content.Span;
            switch (message.Kind)
            {
                case Hdf5MessageKind.SymbolTable when content.Length >= 16:
                    Node(bytes, Hdf5Bytes.Int64(content, 0), Heap(bytes, Hdf5Bytes.Int64(content, 8)), level: null, members);
                    break;
                case Hdf5MessageKind.Link:
                    Link(bytes, message, members);
                    break;
                case Hdf5MessageKind.LinkInfo when Dense(content):
                    throw bytes.Error(
                        group, "a group lists its members in a fractal heap, which 'libver=latest' writes; rewrite the file with h5py's defaults");
            }
        }

        return members;
    }

    // Flag 1: a creation index stands before the heap's address.
    private static bool Dense(ReadOnlySpan<byte> info)
    {
        int heap = info.Length > 1 && (info[1] & 1) != 0 ? 10 : 2;
        return info.Length >= heap + 8 && Hdf5Bytes.Int64(info, heap) != Hdf5Bytes.Undefined;
    }

    private static byte[] Heap(Hdf5Bytes bytes, long address)
    {
        byte[] heap = bytes.Block(address, 32, "HEAP"u8);
        return bytes.Block(Hdf5Bytes.Int64(heap, 24), Hdf5Bytes.Int64(heap, 8));
    }

    // Levels fall from a node to its children, so a damaged tree ends too.
    private static void Node(Hdf5Bytes bytes, long address, byte[] heap, int? level, Dictionary<string, long> members)
    {
        byte[] node = bytes.Block(address, 24, "TREE"u8);
        int used = Hdf5Bytes.UInt16(node, 6);
        if (node[4] != 0 || node[5] > 8 || (level is not null && node[5] != level))
        {
            throw bytes.Error(address, "a node of a group's tree was expected here");
        }

        byte[] children = bytes.Block(address + 24, (16 * (long)used) + 8);
        for (int i = 0; i < used; i++)
        {
            long child = Hdf5Bytes.Int64(children, (16 * i) + 8);
            if (node[5] > 0)
            {
                Node(bytes, child, heap, node[5] - 1, members);
            }
            else
            {
                Symbols(bytes, child, heap, members);
            }
        }
    }

    private static void Symbols(Hdf5Bytes bytes, long address, byte[] heap, Dictionary<string, long> members)
    {
        int count = Hdf5Bytes.UInt16(bytes.Block(address, 8, "SNOD"u8), 6);
        byte[] symbols = bytes.Block(address + 8, (long)count * SymbolLength);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> symbol = symbols.AsSpan(i * SymbolLength, SymbolLength);
            long name = Hdf5Bytes.Int64(symbol, 0);
            if (name < 0 || name >= heap.Length)
            {
                throw bytes.Error(address, "a member's name lies outside its group's heap");
            }

            if (Hdf5Bytes.Int32(symbol, 16) == SoftLink)
            {
                throw bytes.Error(address, "a group has a soft link, which no Keras file has");
            }

            ReadOnlySpan<byte> text = heap.AsSpan((int)name);
            int end = text.IndexOf((byte)0);
            Add(bytes, address, end < 0 ? text : text[..end], Hdf5Bytes.Int64(symbol, 8), members);
        }
    }

    // Version 1: flags say which fields are there and how wide the name's length is.
    private static void Link(Hdf5Bytes bytes, Hdf5Message message, Dictionary<string, long> members)
    {
        ReadOnlySpan<byte> content = message.Content.Span;
        int flags = content.Length > 2 ? content[1] : 0;
        bool hard = content.Length > 2 && ((flags & 8) == 0 || content[2] == 0);
        int at = 2 + ((flags & 8) != 0 ? 1 : 0) + ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        int width = 1 << (flags & 3);
        if (!hard || message.Shared || width > 2 || content.Length < at + width)
        {
            throw bytes.Error(message.Address, "a link that is no hard link, or leads to another file, is refused");
        }

        int length = width == 1 ? content[at] : Hdf5Bytes.UInt16(content, at);
        at += width;
        if (content.Length < at + length + 8)
        {
            throw bytes.Error(message.Address, "a link's name is longer than the link");
        }

        Add(bytes, message.Address, content.Slice(at, length), Hdf5Bytes.Int64(content, at + length), members);
    }

    private static void Add(Hdf5Bytes bytes, long address, ReadOnlySpan<byte> name, long target, Dictionary<string, long> members)
    {
        string text = name.Length <= 1024 ? Encoding.UTF8.GetString(name) : "";
        if (!TensorName.IsPlain(text) || members.Count == MostMembers || !members.TryAdd(text, target))
        {
            throw bytes.Error(address, $"a member's name, '{TensorName.Shown(text)}', is not plain text or stands in its group twice");
        }
    }
}
