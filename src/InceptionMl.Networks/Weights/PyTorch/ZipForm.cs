using System.Text;
using InceptionMl.Networks.Weights.Archives;
using InceptionMl.Zip;

namespace InceptionMl.Networks.Weights.PyTorch;

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
