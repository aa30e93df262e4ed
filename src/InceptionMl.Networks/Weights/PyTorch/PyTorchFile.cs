using InceptionMl.Networks.Weights.Archives;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>
/// Reads the tensors of a PyTorch state_dict, as <c>torch.save</c> writes it: as a zip archive since PyTorch 1.6, or in the
/// legacy form of pickles followed by raw storages. A .pth file is a program for Python's unpickler; here none of it runs. Every
/// tensor becomes float32; whole numbers (<c>num_batches_tracked</c>) too.
/// </summary>
internal static class PyTorchFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightException">It holds no state_dict, or names anything but tensors; the message says what is wrong where.</exception>
    public static TensorStore Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path));
    }

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
