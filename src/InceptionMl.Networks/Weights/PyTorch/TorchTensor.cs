using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>A view of a storage: element (i, j, ..) is the storage's element Offset + i Strides[0] + j Strides[1] + ..</summary>
internal sealed class TorchTensor
{
    private const int MostDimensions = 8;

    private TorchTensor(TorchStorage storage, long offset, ImmutableArray<int> shape, ImmutableArray<long> strides, int count, int span)
    {
        Storage = storage;
        Offset = offset;
        Shape = shape;
        Strides = strides;
        Count = count;
        Span = span;
    }

    public TorchStorage Storage { get; }

    public long Offset { get; }

    public ImmutableArray<int> Shape { get; }

    public ImmutableArray<long> Strides { get; }

    /// <summary>Gets the number of elements.</summary>
    public int Count { get; }

    /// <summary>Gets the number of elements of the storage from its first to its last, both counted; at least <see cref="Count"/>.</summary>
    public int Span { get; }

    /// <summary>Gets a value that indicates whether the elements follow one another in the storage, the last dimension running fastest.</summary>
    public bool Contiguous
    {
        get
        {
            long expected = 1;
            for (int d = Shape.Length - 1; d >= 0; d--)
            {
                if (Shape[d] != 1 && Strides[d] != expected)
                {
                    return false;
                }

                expected *= Shape[d];
            }

            return true;
        }
    }

    /// <summary>Gets what tensors that share all their elements in the same order have in common.</summary>
    public string Identity => $"{Storage.Key}/{Storage.Type}/{Offset}/{string.Join(',', Shape)}/{string.Join(',', Strides)}";

    /// <summary>Creates a view, or says why the storage cannot have it.</summary>
    public static TorchTensor? Create(TorchStorage storage, long offset, object?[] size, object?[] stride, out string problem)
    {
        problem = "";
        if (size.Length > MostDimensions || size.Length != stride.Length || size.Any(v => v is not long) || stride.Any(v => v is not long))
        {
            problem = $"a tensor has up to {MostDimensions} whole sizes and as many strides; not {size.Length} and {stride.Length}";
            return null;
        }

        Int128 count = 1;
        Int128 last = 0;
        for (int d = 0; d < size.Length; d++)
        {
            (long length, long step) = ((long)size[d]!, (long)stride[d]!);
            if (length is < 0 or > int.MaxValue || step is < 0 or > uint.MaxValue)
            {
                problem = $"a tensor cannot have size {length} with stride {step}";
                return null;
            }

            count = Int128.Min(count * length, long.MaxValue);
            last += (Int128)Math.Max(0, length - 1) * step;
        }

        Int128 span = count == 0 ? 0 : last + 1;
        if (offset < 0 || offset + span > storage.Count || span > int.MaxValue / 4 || count > span)
        {
            problem = $"a tensor of {string.Join(" x ", size)} (strides {string.Join(", ", stride)}) at element {offset} "
                + $"does not lie in storage '{storage.Key}' of {storage.Count} elements, or overlaps itself";
            return null;
        }

        return new TorchTensor(storage, offset, [.. size.Select(v => (int)(long)v!)], [.. stride.Select(v => (long)v!)], (int)count, (int)span);
    }
}

/// <summary>A storage a pickle speaks of: its bytes stand elsewhere in the file, under its key.</summary>
internal sealed record TorchStorage(string Key, ElementType Type, long Count);
