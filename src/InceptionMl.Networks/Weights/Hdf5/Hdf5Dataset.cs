using System.Buffers.Binary;
using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>
/// An array of floating-point numbers that lies in the file as one piece (specification, IV.A.2.b, d and i), as Keras writes
/// its weights.
/// </summary>
internal sealed class Hdf5Dataset
{
    private const int MostDimensions = 8;
    private readonly Hdf5Bytes bytes;
    private readonly long address;

    private Hdf5Dataset(Hdf5Bytes bytes, ElementType type, ImmutableArray<int> shape, int count, long address)
    {
        this.bytes = bytes;
        this.address = address;
        Type = type;
        Shape = shape;
        Count = count;
    }

    public ElementType Type { get; }

    public ImmutableArray<int> Shape { get; }

    public int Count { get; }

    public Tensor Read() => new(Shape, Count == 0 ? [] : bytes.Values(Type, address, Count));

    /// <summary>Determines whether a header is a dataset's.</summary>
    public static bool IsDataset(ImmutableArray<Hdf5Message> header) => header.Any(message => message.Kind == Hdf5MessageKind.Layout);

    /// <summary>Reads a dataset's header, and holds it to what the file has.</summary>
    public static Hdf5Dataset Open(Hdf5Bytes bytes, long at, string name, ImmutableArray<Hdf5Message> header)
    {
        if (header.Any(message => message.Kind is Hdf5MessageKind.ExternalFiles))
        {
            throw bytes.Error(at, $"'{name}' keeps its numbers in another file, which is refused");
        }

        ElementType type = Element(Only(Hdf5MessageKind.Datatype)) ?? throw bytes.Error(
            at, $"'{name}' does not hold little-endian floating-point numbers of 16, 32 or 64 bits");
        (ImmutableArray<int> shape, long count) = Space(Only(Hdf5MessageKind.Dataspace)) ?? throw bytes.Error(
            at, $"'{name}' has no shape of up to {MostDimensions} dimensions");
        (long address, long length) = Place(Only(Hdf5MessageKind.Layout)) ?? throw bytes.Error(
            at, $"'{name}' is stored in chunks or compressed; rewrite the file with 'h5repack -l CONTI -f NONE'");
        return length == count * type.Size() && (count == 0 || bytes.Holds(address, length))
            ? new Hdf5Dataset(bytes, type, shape, (int)count, address)
            : throw bytes.Error(
                at,
                $"'{name}' of {string.Join(" x ", shape)} needs {count * type.Size()} bytes, "
                + $"and {length} are announced at byte {address} of {bytes.Length}");

        Hdf5Message Only(Hdf5MessageKind kind) => header.Where(message => message.Kind == kind).ToArray() is [{ Shared: false } only]
            ? only
            : throw bytes.Error(at, $"'{name}' needs one {kind} of its own");
    }

    private static ElementType? Element(Hdf5Message message)
    {
        ReadOnlySpan<byte> type = message.Content.Span;
        if (type.Length < 20 || (type[0] & 15) != 1 || (type[1] & 0x41) != 0)
        {
            return null;
        }

        // Size in bytes, where the exponent begins, its bits, the mantissa's bits, the exponent's bias.
        return (Hdf5Bytes.Int32(type, 4), type[12], type[13], type[15], Hdf5Bytes.Int32(type, 16)) switch
        {
            (4, 23, 8, 23, 127) => ElementType.Float32,
            (8, 52, 11, 52, 1023) => ElementType.Float64,
            (2, 10, 5, 10, 15) => ElementType.Float16,
            (2, 7, 8, 7, 127) => ElementType.BFloat16,
            _ => null,
        };
    }

    private static (ImmutableArray<int> Shape, long Count)? Space(Hdf5Message message)
    {
        ReadOnlySpan<byte> space = message.Content.Span;
        if (space.Length < 4)
        {
            return null;
        }

        int rank = space[1];
        int at = space[0] == 1 ? 8 : 4;
        bool known = space[0] == 1 || (space[0] == 2 && space[3] <= 1);
        if (!known || rank > MostDimensions || space.Length < at + (8 * rank))
        {
            return null;
        }

        int[] shape = new int[rank];
        long count = 1;
        for (int d = 0; d < rank; d++)
        {
            ulong dimension = BinaryPrimitives.ReadUInt64LittleEndian(space[(at + (8 * d))..]);
            if (dimension > int.MaxValue || (count *= (long)dimension) > int.MaxValue / 4)
            {
                return null;
            }

            shape[d] = (int)dimension;
        }

        return ([.. shape], count);
    }

    private static (long Address, long Length)? Place(Hdf5Message message)
    {
        ReadOnlySpan<byte> layout = message.Content.Span;
        return layout switch
        {
            [3 or 4, 0, _, _, ..] when layout.Length >= 4 + Hdf5Bytes.UInt16(layout, 2) => (message.Address + 4, Hdf5Bytes.UInt16(layout, 2)),
            [3 or 4, 1, ..] when layout.Length >= 18 => (Hdf5Bytes.Int64(layout, 2), Hdf5Bytes.Int64(layout, 10)),
            _ => null,
        };
    }
}
