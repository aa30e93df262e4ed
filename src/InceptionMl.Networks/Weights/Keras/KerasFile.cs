using InceptionMl.Networks.Weights.Archives;
using InceptionMl.Networks.Weights.Hdf5;

namespace InceptionMl.Networks.Weights.Keras;

/// <summary>
/// Reads the weights of a Keras file: the .h5 of Keras 2 with weights alone or with the whole model, and Keras 3's
/// <c>.weights.h5</c> and <c>.keras</c>. A tensor is named LAYER/VARIABLE: <c>conv2d_1/kernel</c>, or <c>conv2d_1/0</c> where
/// Keras 3 only numbers a layer's variables. The optimizer's state is not read.
/// </summary>
internal static class KerasFile
{
    internal const string Inside = "model.weights.h5";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightException">It holds no weights in Keras' layouts; the message says what is wrong where.</exception>
    public static TensorStore Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path));
    }

    /// <summary>Reads a stream from its beginning.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="WeightException">It holds no weights in Keras' layouts; the message says what is wrong where.</exception>
    public static TensorStore Read(Stream stream, string source)
    {
        WeightStream.RequireLength(stream);

        byte[] prefix = WeightStream.Beginning(stream, 8);
        if (!StoredZip.Begins(prefix))
        {
            return new KerasLayout(new Hdf5File(stream, source, 0, stream.Length), source).Read();
        }

        StoredEntry entry = new StoredZip(stream, source).Find(Inside)
            ?? throw new WeightException($"{source} is a zip archive without {Inside}: it is no .keras file.");
        return new KerasLayout(new Hdf5File(stream, source, entry.Offset, entry.Length), source).Read();
    }
}
