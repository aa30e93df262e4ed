using InceptionMl.Networks.Weights.Archives;
using InceptionMl.Networks.Weights.Hdf5;
using InceptionMl.Networks.Weights.Keras;
using InceptionMl.Networks.Weights.PyTorch;

namespace InceptionMl.Networks.Weights.Files;

/// <summary>Reads a file of weights whatever its form: what it is shows in its bytes, not in its name.</summary>
public static class WeightFile
{
    /// <summary>Reads a file in PyTorch's, Keras' or the safetensors form.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightException">It is none of them, or damaged; the message says what is wrong where.</exception>
    public static TensorStore Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path));
    }

    /// <summary>Reads a stream from its beginning.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="WeightException">It is none of them, or damaged; the message says what is wrong where.</exception>
    public static TensorStore Read(Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReadOnlySpan<byte> begin = WeightStream.Beginning(stream, 9);
        if (StoredZip.Begins(begin))
        {
            return new StoredZip(stream, source).Names.Contains(KerasFile.Inside) ? KerasFile.Read(stream, source) : PyTorchFile.Read(stream, source);
        }

        // A safetensors file begins with its header's length in 8 bytes, and the header with a brace; a pickle's first bytes may
        // be a length too, but not its next four.
        return begin switch
        {
            _ when Hdf5File.Begins(begin) => KerasFile.Read(stream, source),
            [_, _, _, _, 0, 0, 0, 0, (byte)'{'] => Safetensors.Read(stream, source),
            [0x80, >= 2 and <= 5, ..] => PyTorchFile.Read(stream, source),
            _ => throw new WeightException($"{source} is none of the forms weights come in: PyTorch's .pth, Keras' .h5 and .keras, safetensors."),
        };
    }
}
