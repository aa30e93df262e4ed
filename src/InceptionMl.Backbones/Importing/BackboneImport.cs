using InceptionMl.Backbones.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks;
using InceptionMl.Networks.Architectures;

namespace InceptionMl.Backbones.Importing;

/// <summary>
/// Makes weight files backbones of a store. A file is detected from its content: Keras' .h5, .weights.h5 and .keras, PyTorch's .pth in both
/// forms, safetensors, TensorFlow's frozen GraphDef and MetaGraphDef, ONNX. The backbone computes <c>features</c> and
/// <c>feature_map</c>, and <c>logits</c> where the file has a classifier.
/// </summary>
/// <param name="store">Where the backbones go.</param>
/// <param name="timeProvider">The clock that the trial run's deadline goes by; null is the system's.</param>
public sealed class BackboneImport(BackboneStore store, TimeProvider? timeProvider = null)
{
    private const long LargestFile = 1L << 30;

    private readonly TrialRun trial = new(timeProvider ?? TimeProvider.System);

    /// <summary>Imports a file. It is opened once and never held twice; what it claims takes no memory that its bytes do not bear out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say of itself; null for nothing.</param>
    /// <param name="cancellationToken">Ends the work; the store is then as it was.</param>
    /// <exception cref="BackboneException">
    /// The file is none of the forms, is damaged or no known network's, or nobody has said how images are prepared for it; the message
    /// says which.
    /// </exception>
    public async Task<ImportedBackbone> ImportAsync(string path, BackboneImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = options?.Copy() ?? new BackboneImportOptions();
        RequireNetwork(options.Network);
        Subject subject = Subject.FromFile(path);
        try
        {
            FileStream stream = Open(subject);
            await using (stream.ConfigureAwait(false))
            {
                FileDigests digests = await FileDigests.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
                stream.Position = 0;
                options.Entry ??= BackboneCatalog.Find(digests);
                string name = NameOf(options, path);
                NetworkFromFile network = await ReadAsync(stream, subject, options, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return await AddAsync(name, network, options.Entry, subject, digests.Sha256, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NetworkException exception)
        {
            throw BackboneException.From(exception, path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw BackboneException.Create(subject, "does not exist", exception, BackboneErrorReason.NotFound);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackboneException.Create(subject, $"cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static FileStream Open(Subject subject)
    {
        string path = subject.Path!;
        if (Directory.Exists(path))
        {
            throw BackboneException.Create(subject, "is a folder: name the weight file in it");
        }

        RegularFile.Require(path);
        FileStream stream = File.OpenRead(path);
        if (stream.Length <= LargestFile)
        {
            return stream;
        }

        long length = stream.Length;
        stream.Dispose();
        throw BackboneException.Create(subject, FormattableString.Invariant($"has {length:N0} bytes; at most {LargestFile:N0} are read"));
    }

    // Of the catalog or built here: weights are published of networks too that nobody can build here.
    private static void RequireNetwork(string? name)
    {
        if (name is not null && NetworkCatalog.Find(name) is null && BackboneCatalog.Entries.All(entry => entry.Network != name))
        {
            IEnumerable<string> known = NetworkCatalog.Names.Concat(BackboneCatalog.Entries.Select(entry => entry.Network)).Distinct();
            throw new BackboneException($"'{name}' is no known network: known are {string.Join(", ", known)}") { Reason = BackboneErrorReason.NotFound };
        }
    }

    private static string NameOf(BackboneImportOptions options, string path)
    {
        string name = options.Name ?? options.Entry?.Name ?? DerivedName.From(path);
        BackboneName.Require(name);
        if (name.Equals(Backbone.EmbeddedName, StringComparison.OrdinalIgnoreCase))
        {
            throw new BackboneException($"'{name}' is the embedded backbone's name: choose another") { Reason = BackboneErrorReason.NameTaken };
        }

        // A pull takes what is stored under the name for what is published under it.
        return name.Equals(options.Entry?.Name, StringComparison.Ordinal)
            || !BackboneCatalog.Entries.Any(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ? name
                : throw new BackboneException(
                    $"'{name}' is the name of published weights, and {path} is not known to be their file: choose another name, or pull the published ones")
                {
                    Reason = BackboneErrorReason.NameTaken,
                    PublishedName = name,
                };
    }

    private async Task<NetworkFromFile> ReadAsync(Stream stream, Subject subject, BackboneImportOptions options, CancellationToken cancellationToken)
    {
        FileForm form = FirstBytes.Recognize(stream, subject);
        KnownInput? known = KnownInput.Create(options.Preprocessing, options.Entry);
        if (known is null && form == FileForm.Onnx && KnownInput.Beside(subject.Path!) is { } beside)
        {
            known = beside.Input;
            options.FeaturesTensor ??= beside.Card.Outputs.Features.Tensor is { Length: > 0 } tensor ? tensor : null;
            options.Network ??= beside.Card.Network;
        }

        if (known is not null)
        {
            CardOf("image", new NetworkFromFile { Form = "", Input = known, Outputs = NetworkFromFile.CreateOutputs(1, null, null), Write = _ => { } }).Require(subject);
        }

        return form switch
        {
            FileForm.Onnx => await OnnxNetwork.ReadAsync(stream, subject, options, known, trial, cancellationToken).ConfigureAwait(false),
            FileForm.TensorFlowGraph => await TensorFlowNetwork.ReadAsync(stream, subject, options, known, trial, cancellationToken).ConfigureAwait(false),
            _ => NamedTensorImport.Read(stream, subject, options, known),
        };
    }

    private async Task<ImportedBackbone> AddAsync(
        string name, NetworkFromFile network, CatalogEntry? entry, Subject subject, string sha256, CancellationToken cancellationToken)
    {
        BackboneCard card = CardOf(name, network) with
        {
            Version = sha256[..12],
            License = entry?.License,
            Provenance = Provenance(Path.GetFileName(subject.Path!), sha256, network.Form, entry),
        };
        StoredBackbone stored = await store.AddAsync(
            name,
            target =>
            {
                network.Write(target);
                return Task.CompletedTask;
            },
            card,
            onnx => network.IsOwnGraph ? Task.CompletedTask : trial.RequireUsableAsync(onnx, card, subject, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return new ImportedBackbone(stored, network.Form, network.Input.Source)
        {
            IsPreparationAssumed = network.Input.IsAssumed,
            FeaturesTensor = network.FeaturesTensor,
            Ignored = network.Ignored,
            CutOff = network.CutOff,
            ImageArithmetic = network.ImageArithmetic,
        };
    }

    private static BackboneCard CardOf(string name, NetworkFromFile network) =>
        new() { Name = name, Network = network.Network, Input = network.Input.Input, Outputs = network.Outputs };

    private static string Provenance(string file, string sha256, string form, CatalogEntry? entry)
    {
        string published = entry is null ? "" : $", published at {entry.File.Address}";
        string note = entry?.ResizeNote is { } resize ? $"; {resize}" : "";
        return $"Imported from {file}, {form}, SHA-256 {sha256}{published}{note}";
    }
}

/// <summary>A name for a backbone, made of its file's.</summary>
internal static class DerivedName
{
    private const int Longest = 60;
    private const string Fallback = "imported";

    // The longer first: model.weights.h5 is 'model'.
    private static readonly string[] Extensions = [".weights.h5", ".safetensors", ".frozen.pb", ".keras", ".hdf5", ".onnx", ".meta", ".pth", ".h5", ".pb", ".pt"];

    public static string From(string path)
    {
        string file = Path.GetFileName(path);
        string? extension = Extensions.FirstOrDefault(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        string stem = extension is null ? file : file[..^extension.Length];
        char[] name = [.. stem.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-').Take(Longest)];
        string trimmed = new string(name).TrimStart('.', '_', '-').TrimEnd('.', '_', '-');
        return trimmed.Length > 0 ? trimmed : Fallback;
    }
}
