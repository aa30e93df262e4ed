using System.Collections.Immutable;
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

/// <summary>
/// Where Keras puts what. Keras 2: a group a layer, in it the variables by name, perhaps groups deeper; in 'model_weights' if
/// the whole model is saved. Keras 3: 'layers', in it a group a layer with the variables by number in 'vars', whose attribute
/// 'name' is the layer's name, for the group's own name only counts layers of its class.
/// </summary>
internal sealed class KerasLayout(Hdf5File file, string source)
{
    private const int Deepest = 16;
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
    private long bytesLeft = file.Length;

    public TensorStore Read()
    {
        ImmutableArray<Hdf5Message> header = file.Header(file.Root);
        Dictionary<string, long> root = file.Members(file.Root, header);
        string? third = Array.Find(["layers", "_layer_checkpoint_dependencies"], root.ContainsKey);
        if (third is not null)
        {
            NumberedVariables(root[third], third, depth: 0);
        }
        else
        {
            NamedVariables(root.TryGetValue("model_weights", out long weights) ? file.Members(weights, file.Header(weights)) : root);
        }

        return tensors.Count > 0 ? new TensorStore(source, tensors) : throw new WeightException($"{source} holds no weights in a layout of Keras.");
    }

    private void NamedVariables(Dictionary<string, long> layers)
    {
        foreach ((string layer, long address) in layers)
        {
            List<(string Path, Hdf5Dataset Dataset)> variables = [];
            Collect(address, layer, variables, depth: 0);

            // A model inside the model is one group; its layers are then the parents of the variables.
            bool nested = variables.Select(variable => Last(variable.Path)).Distinct().Count() < variables.Count;
            foreach ((string path, Hdf5Dataset dataset) in variables)
            {
                Add($"{(nested ? Last(path[..path.LastIndexOf('/')]) : layer)}/{Last(path)}", dataset);
            }
        }
    }

    private void Collect(long address, string path, List<(string Path, Hdf5Dataset Dataset)> variables, int depth)
    {
        ImmutableArray<Hdf5Message> header = file.Header(address);
        if (Hdf5Dataset.IsDataset(header))
        {
            variables.Add((depth > 0 ? path : $"{path}/{path}", file.Dataset(address, path, header)));
            return;
        }

        foreach ((string name, long member) in Descend(address, header, path, depth))
        {
            Collect(member, $"{path}/{name}", variables, depth + 1);
        }
    }

    private void NumberedVariables(long address, string path, int depth)
    {
        ImmutableArray<Hdf5Message> header = file.Header(address);
        if (Hdf5Dataset.IsDataset(header))
        {
            throw new WeightException($"{source}: '{path}' is an array outside 'vars'; Keras 3 does not write such a file.");
        }

        foreach ((string name, long member) in Descend(address, header, path, depth))
        {
            if (name == "vars")
            {
                Variables(member, path, file.Text(header, "name"));
            }
            else
            {
                NumberedVariables(member, $"{path}/{name}", depth + 1);
            }
        }
    }

    private void Variables(long address, string path, string? layer)
    {
        ImmutableArray<Hdf5Message> header = file.Header(address);
        Dictionary<string, long> variables = file.Members(address, header);
        layer = file.Text(header, "name") ?? layer;
        if (variables.Count > 0 && (layer is null || !TensorName.IsPlain(layer)))
        {
            throw new WeightException(
                $"{source}: the layer of '{path}' is not named in the file, as early versions of Keras 3 left it, and no number tells which it is. "
                + "Load it in Keras and save it as .h5, or with a recent Keras.");
        }

        foreach ((string name, long member) in variables)
        {
            Add($"{layer}/{name}", file.Dataset(member, $"{path}/vars/{name}", file.Header(member)));
        }
    }

    private Dictionary<string, long> Descend(long address, ImmutableArray<Hdf5Message> header, string path, int depth) => depth < Deepest
        ? file.Members(address, header)
        : throw new WeightException($"{source}: '{TensorName.Shown(path)}' nests groups deeper than {Deepest} levels; no Keras file does.");

    private void Add(string name, Hdf5Dataset dataset)
    {
        bytesLeft -= (long)dataset.Count * dataset.Type.Size();
        if (bytesLeft < 0)
        {
            throw new WeightException($"{source}: by '{name}' its tensors, together, are larger than the file: they overlap. "
                + "It is damaged or meant to harm.");
        }

        if (tensors.ContainsKey(name))
        {
            throw new WeightException($"{source}: two arrays are both '{name}'. The file is damaged, or holds more than one model.");
        }

        tensors.Add(name, dataset.Read());
    }

    // TensorFlow names its variables kernel:0.
    private static string Last(string path)
    {
        string last = path[(path.LastIndexOf('/') + 1)..];
        return last.EndsWith(":0", StringComparison.Ordinal) ? last[..^2] : last;
    }
}
