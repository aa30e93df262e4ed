using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using InceptionMl.Networks.Weights.Archives;
using InceptionMl.Zip;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>
/// Reads the tensors of a PyTorch state_dict, as <c>torch.save</c> writes it: as a zip archive since PyTorch 1.6, or in the
/// legacy form of pickles followed by raw storages. A .pth file is a program for Python's unpickler; here none of it runs. Every
/// tensor becomes float32; whole numbers (<c>num_batches_tracked</c>) too.
/// </summary>
internal static class PyTorchFile
{
    /// <summary>Reads a stream from its beginning.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="WeightException">It holds no state_dict, or names anything but tensors; the message says what is wrong where.</exception>
    public static TensorStore Read(Stream stream, string source)
    {
        WeightStream.RequireLength(stream);

        byte[] prefix = WeightStream.Beginning(stream, 4);
        if (StoredZip.Begins(prefix))
        {
            return ZipForm.Read(stream, source);
        }

        return prefix.Length >= 2 && prefix[0] == (byte)PickleOpcode.Proto
            ? LegacyForm.Read(stream, source)
            : throw new WeightException($"{source} is no PyTorch file: it begins neither as a zip archive nor as a pickle.");
    }
}

/// <summary>PyTorch's form since 1.6: NAME/data.pkl, NAME/data/KEY for each storage, NAME/byteorder; NAME is mostly 'archive'.</summary>
internal static class ZipForm
{
    private const string Pickle = "/data.pkl";

    public static TensorStore Read(Stream stream, string source)
    {
        StoredZip zip = new(stream, source);
        string[] pickles = [.. zip.Names.Where(name =>
            name.EndsWith(Pickle, StringComparison.Ordinal) && name.IndexOf('/', StringComparison.Ordinal) == name.Length - Pickle.Length)];
        if (pickles is not [string pickle])
        {
            throw new WeightException(
                $"{source} is a zip archive with {pickles.Length} files NAME/data.pkl; a PyTorch file has one. Unpack it if the weights are inside.");
        }

        string folder = pickle[..^Pickle.Length];
        RefuseBigEndian(stream, source, zip.Find($"{folder}/byteorder"));
        StoredEntry entry = zip.Find(pickle)!;
        Unpickler unpickler = new(new PickleBytes(stream, source, entry.Offset, entry.Offset + entry.Length));
        List<KeyValuePair<string, TorchTensor>> tensors = StateDictionary.Tensors(unpickler.Load(), source);
        Dictionary<string, StoragePlace> places = new(StringComparer.Ordinal);
        foreach (string key in unpickler.Storages.Keys)
        {
            if (zip.Find($"{folder}/data/{key}") is { } storage)
            {
                places.Add(key, new StoragePlace(storage.Offset, storage.Length));
            }
        }

        return new StorageReader(stream, source, places).Read(tensors);
    }

    private static void RefuseBigEndian(Stream stream, string source, StoredEntry? entry)
    {
        if (entry is not null)
        {
            string order = Encoding.ASCII.GetString(ZipDirectory.ReadAt(stream, entry.Offset, (int)Math.Min(entry.Length, 16)));
            if (order.Trim() != "little")
            {
                throw new WeightException(
                    $"{source}: its numbers are {(order == "big" ? "big-endian" : "in an unknown byte order")}; only little-endian files are read. "
                    + "Load and save it with torch on a little-endian machine.");
            }
        }
    }
}

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

/// <summary>The state_dict of a pickle: the pickle's root, or, in a training checkpoint, the root's 'state_dict' or 'model'.</summary>
internal static class StateDictionary
{
    private const string Advice = "Save it with torch.save(model.state_dict(), ..)";

    /// <summary>Gets the tensors a pickle's root names, not read yet.</summary>
    public static List<KeyValuePair<string, TorchTensor>> Tensors(object? root, string source)
    {
        if (root is not Dictionary<object, object?> dictionary)
        {
            throw new WeightException($"{source} holds {PickleValue.Describe(root)} and no state_dict. {Advice}.");
        }

        foreach (string key in (string[])["state_dict", "model"])
        {
            if (dictionary.TryGetValue(key, out object? inner) && inner is Dictionary<object, object?> state)
            {
                dictionary = state;
                break;
            }
        }

        List<KeyValuePair<string, TorchTensor>> tensors = new(dictionary.Count);
        foreach ((object key, object? value) in dictionary)
        {
            tensors.Add(key is string name && TensorName.IsPlain(name) && value is TorchTensor tensor
                ? KeyValuePair.Create(name, tensor)
                : throw new WeightException(
                    $"{source}: '{TensorName.Shown($"{key}")}' is {PickleValue.Describe(value)}; "
                    + $"a state_dict has a tensor under every name, and names are plain text. {Advice}."));
        }

        return tensors.Count > 0 ? tensors : throw new WeightException($"{source} holds no tensors.");
    }
}
