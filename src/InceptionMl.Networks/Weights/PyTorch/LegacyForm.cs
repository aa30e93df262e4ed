using System.Buffers.Binary;
using System.Globalization;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>
/// PyTorch's form before 1.6: five pickles, a magic number, the protocol, the writer's system, the state_dict and the storages'
/// keys, and then for each key the number of elements in 8 bytes and the elements.
/// </summary>
internal static class LegacyForm
{
    private const long Protocol = 1001;
    private static readonly Int128 Magic = Int128.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static TensorStore Read(Stream stream, string source)
    {
        long at = 0;
        if (Load(stream, source, ref at).Root is not Int128 magic || magic != Magic)
        {
            throw new WeightException(
                $"{source} is a pickle and no PyTorch file: it does not begin with PyTorch's magic number. "
                + "Save the weights with torch.save(model.state_dict(), ..).");
        }

        if (Load(stream, source, ref at).Root is not Protocol)
        {
            throw new WeightException($"{source}: its protocol, at byte {at}, is not {Protocol}; load and save it with a recent torch.");
        }

        if (Load(stream, source, ref at).Root is not Dictionary<object, object?> system
            || !system.TryGetValue("little_endian", out object? little) || little is not true)
        {
            throw new WeightException($"{source} was not written on a little-endian machine; load and save it with torch on one.");
        }

        (object? root, IReadOnlyDictionary<string, TorchStorage> storages) = Load(stream, source, ref at);
        List<KeyValuePair<string, TorchTensor>> tensors = StateDictionary.Tensors(root, source);
        if (Load(stream, source, ref at).Root is not List<object?> keys)
        {
            throw new WeightException($"{source}: no list of storages ends before byte {at}; it is damaged. Fetch it again.");
        }

        return new StorageReader(stream, source, Places(stream, source, at, keys, storages)).Read(tensors);
    }

    private static (object? Root, IReadOnlyDictionary<string, TorchStorage> Storages) Load(Stream stream, string source, ref long at)
    {
        PickleBytes bytes = new(stream, source, at, stream.Length);
        Unpickler unpickler = new(bytes);
        object? root = unpickler.Load();
        at = bytes.Offset;
        return (root, unpickler.Storages);
    }

    private static Dictionary<string, StoragePlace> Places(
        Stream stream, string source, long at, List<object?> keys, IReadOnlyDictionary<string, TorchStorage> storages)
    {
        Dictionary<string, StoragePlace> places = new(StringComparer.Ordinal);
        byte[] prefix = new byte[8];
        foreach (object? key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out TorchStorage? storage) || stream.Length - at < prefix.Length)
            {
                throw new WeightException(
                    $"{source}: the storage announced at byte {at} is none the tensors use, or is cut off; the file is damaged. Fetch it again.");
            }

            stream.Position = at;
            stream.ReadExactly(prefix);
            at += prefix.Length;
            long count = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            Int128 length = (Int128)storage.Count * storage.Type.Size();
            if (count != storage.Count || length > stream.Length - at || !places.TryAdd(name, new StoragePlace(at, (long)length)))
            {
                throw new WeightException(
                    $"{source}: storage '{name}' at byte {at} should have {storage.Count} elements and is announced with {count}; "
                    + $"the file has {stream.Length - at} bytes left. It is cut short or damaged. Fetch it again.");
            }

            at += (long)length;
        }

        return places;
    }
}
