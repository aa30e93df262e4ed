namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>
/// Reads the tensors a pickle speaks of from where their storages lie. All it reads together is no more than the file: tensors
/// that are one are read once, and tensors that overlap otherwise are refused once they ask for more.
/// </summary>
internal sealed class StorageReader(Stream stream, string source, IReadOnlyDictionary<string, StoragePlace> places)
{
    private readonly Dictionary<string, Tensor> read = new(StringComparer.Ordinal);
    private long bytesLeft = stream.Length;

    public TensorStore Read(List<KeyValuePair<string, TorchTensor>> tensors) =>
        new(source, tensors.ConvertAll(entry => KeyValuePair.Create(entry.Key, Read(entry.Key, entry.Value))));

    private Tensor Read(string name, TorchTensor tensor)
    {
        if (read.TryGetValue(tensor.Identity, out Tensor? known))
        {
            return known;
        }

        TorchStorage storage = tensor.Storage;
        int size = storage.Type.Size();
        if (!places.TryGetValue(storage.Key, out StoragePlace place))
        {
            throw new WeightException($"{source}: the storage '{storage.Key}' of '{name}' is not in the file; it is damaged. Fetch it again.");
        }

        if ((Int128)storage.Count * size > place.Length)
        {
            throw new WeightException(
                $"{source}: the storage '{storage.Key}' of '{name}' wants {storage.Count} elements of {size} bytes; "
                + $"the file has {place.Length} bytes for it at byte {place.Offset}. It is cut short or damaged.");
        }

        bytesLeft -= (long)tensor.Span * size;
        if (bytesLeft < 0)
        {
            throw new WeightException(
                $"{source}: by '{name}' its tensors, together, are larger than the file: they overlap. "
                + "It is damaged or meant to harm.");
        }

        float[] values = storage.Type.Read(stream, place.Offset + (tensor.Offset * size), tensor.Span);
        return read[tensor.Identity] = new Tensor(tensor.Shape, tensor.Contiguous ? values : Gather(tensor, values));
    }

    private static float[] Gather(TorchTensor tensor, float[] span)
    {
        float[] values = new float[tensor.Count];
        int[] index = new int[tensor.Shape.Length];
        long at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = span[at];
            for (int d = index.Length - 1; d >= 0; d--)
            {
                at += tensor.Strides[d];
                if (++index[d] < tensor.Shape[d])
                {
                    break;
                }

                at -= tensor.Strides[d] * tensor.Shape[d];
                index[d] = 0;
            }
        }

        return values;
    }
}

/// <summary>Where the bytes of a storage lie in the file; all of them inside it.</summary>
internal readonly record struct StoragePlace(long Offset, long Length);
