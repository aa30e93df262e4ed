using System.Security.Cryptography;
using InceptionMl.Backbones.Internal;
using InceptionMl.Images;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks;
using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Networks.Onnx.Editing.Internal;

namespace InceptionMl.Backbones;

/// <summary>A backbone ready to use: its card, how images are prepared for it, and its network with normalization inside.</summary>
public sealed class Backbone
{
    /// <summary>The name of the backbone that comes with this library.</summary>
    public const string EmbeddedName = "inception-compact";

    private const long MaxFile = 1L << 30;

    internal Backbone(BackboneCard card, ImagePreprocessing preprocessing, byte[] network)
    {
        Card = card;
        Preprocessing = preprocessing;
        Network = network;
        Digest = Convert.ToHexStringLower(SHA256.HashData(network));
    }

    /// <summary>Gets what the backbone is.</summary>
    public BackboneCard Card { get; }

    /// <summary>Gets how images are prepared before the network.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>Gets the ONNX model: <c>image</c> [N, 3, H, W] raw 0..255 in, <c>features</c> [N, W] out; crop and normalization inside.</summary>
    public ReadOnlyMemory<byte> Network { get; }

    /// <summary>Gets the SHA-256 of <see cref="Network"/>, in lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>Gets what a message about the network is about.</summary>
    internal Subject Subject => Subject.FromBackbone(Card.Name) with { Path = OnnxPath };

    private string? OnnxPath { get; init; }

    /// <summary>The compact Inception network that comes with this library; needs no file and no network.</summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <exception cref="BackboneException">The options do not fit it.</exception>
    public static Backbone Embedded(BackboneOptions? options = null)
    {
        Subject subject = new("The embedded backbone");
        try
        {
            BackboneCard card = BackboneCardReading.Parse(Resource(EmbeddedName + ".json"), subject);
            return Create(card, Resource(EmbeddedName + ".onnx"), subject, options ?? new BackboneOptions());
        }
        catch (NetworkException exception)
        {
            throw BackboneException.From(exception, path: null);
        }
    }

    /// <summary>Opens a backbone by the name of the embedded one, by the path of an ONNX file, or by its name in a store.</summary>
    /// <param name="nameOrPath">
    /// Null or <c>inception-compact</c> is the embedded backbone; then an ONNX file that exists is meant, then a backbone of the store.
    /// </param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <exception cref="BackboneException">The message names the file and says what to do.</exception>
    public static Backbone Open(string? nameOrPath, BackboneOptions? options = null)
    {
        options ??= new BackboneOptions();
        if (nameOrPath is null or EmbeddedName)
        {
            return Embedded(options);
        }

        if (options.Packaged.FirstOrDefault(packaged => packaged.Name == nameOrPath) is { } packaged && !File.Exists(nameOrPath) && options.Store?.Find(nameOrPath) is null)
        {
            return OpenPackaged(packaged, options);
        }

        return OpenFile(File.Exists(nameOrPath) ? nameOrPath : InStore(nameOrPath, options), options, withLogits: false);
    }

    /// <summary>
    /// Opens an ONNX file with its card, the classifier's <c>logits</c> [N, K] kept beside the features where the card names them.
    /// </summary>
    /// <exception cref="BackboneException">The message names the file and says what to do.</exception>
    internal static Backbone OpenWithLogits(string onnxPath) => File.Exists(onnxPath)
        ? OpenFile(onnxPath, new BackboneOptions { Features = FeatureSelection.Last }, withLogits: true)
        : throw new BackboneException($"The backbone {onnxPath} is no file that exists") { Reason = BackboneErrorReason.NotFound, Path = onnxPath };

    /// <summary>What a file that is about to be stored with a card will be opened as.</summary>
    /// <exception cref="BackboneException">It is not usable with that card.</exception>
    /// <exception cref="OnnxFormatException">It is not usable with that card.</exception>
    internal static Backbone FromStaged(string onnxPath, BackboneCard card, Subject subject, bool withLogits) =>
        Create(card, ReadAll(onnxPath, subject), subject, new BackboneOptions { Features = withLogits || card.Outputs.Features.Sources is null ? FeatureSelection.Last : FeatureSelection.Depths }, withLogits);

    private static Backbone OpenFile(string path, BackboneOptions options, bool withLogits)
    {
        Subject subject = new($"The backbone {path}", path);
        try
        {
            byte[] onnx = ReadAll(path, subject);
            return Create(FindCard(path, onnx, subject, options.Preprocessing), onnx, subject, options, withLogits);
        }
        catch (NetworkException exception)
        {
            throw BackboneException.From(exception, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackboneException.Create(subject, $"cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static Backbone OpenPackaged(PackagedBackbone packaged, BackboneOptions options)
    {
        Subject subject = Subject.FromBackbone(packaged.Name);
        try
        {
            (BackboneCard card, byte[] onnx) = packaged.Read(subject);
            return Create(card, onnx, subject, options);
        }
        catch (NetworkException exception)
        {
            throw BackboneException.From(exception, packaged.OnnxPath);
        }
    }

    private static string InStore(string name, BackboneOptions options)
    {
        BackboneStore? store = options.Store;
        string[] packaged = [.. options.Packaged.Select(packaged => packaged.Name)];
        if (store is null || !BackboneName.IsValid(name))
        {
            string hint = !BackboneName.IsValid(name) ? string.Empty
                : BackboneNameHint.Find(name, packaged) is { } near ? $"; {near}"
                : "; one of a package or of a store is found only where that package or store is given";
            throw new BackboneException($"The backbone {name} is neither {EmbeddedName}, the embedded one, nor a file that exists{hint}") { Reason = BackboneErrorReason.NotFound };
        }

        if (store.Find(name) is { } stored)
        {
            return stored.Problem is null ? stored.OnnxPath : throw new BackboneException(stored.Problem) { Path = stored.OnnxPath };
        }

        bool published = BackboneCatalog.Find(name) is not null;
        string? what = published ? "pull it first, since it is published" : BackboneNameHint.Find(name, packaged.Concat(store.List().Select(other => other.Name)));
        throw new BackboneException($"The backbone {name} is no file, and not stored in {store.Folder}{(what is null ? "" : $": {what}")}")
        {
            Reason = published ? BackboneErrorReason.NotPulled : BackboneErrorReason.NotFound,
            PublishedName = published ? name : null,
        };
    }

    private static Backbone Create(BackboneCard card, byte[] onnx, Subject subject, BackboneOptions options, bool withLogits = false)
    {
        if (card.Sha256 is { } expected && !expected.Equals(Convert.ToHexString(SHA256.HashData(onnx)), StringComparison.OrdinalIgnoreCase))
        {
            throw BackboneException.Create(subject, "does not have the SHA-256 its card names: fetch the file again, or correct the card if the change was meant");
        }

        card = FeatureSources.Select(card, onnx, options.Features, subject);
        bool resized = options.InputSize is { } wanted && (wanted.Width, wanted.Height) != (card.Input.Width, card.Input.Height);
        if (resized)
        {
            card = card with { Input = card.Input with { Width = options.InputSize!.Value.Width, Height = options.InputSize.Value.Height } };
            card = FeatureSources.PoolAtAnySize(card);
            card.Require(subject);
        }

        ImagePreprocessing preprocessing = card.Preprocessing(options.Resize);
        byte[] network = BackboneEditor.WithPreprocessing(onnx, new BackboneInterface
        {
            InputTensor = card.Input.Tensor,
            Width = card.Input.Width,
            Height = card.Input.Height,
            PreparedWidth = preprocessing.Width,
            PreparedHeight = preprocessing.Height,
            SwapRedAndBlue = card.Input.Channels == "BGR",
            Offset = card.Input.Offset,
            Scale = card.Input.Scale,
            FeaturesTensor = card.Outputs.Features.Tensor,
            FeatureWidth = card.Outputs.Features.Width,
            Sources = [.. (card.Outputs.Features.Sources ?? []).Select(source => new PooledMap(source.Tensor, source.Pooling == FeaturePooling.Max))],
            FeatureMapTensor = card.Outputs.FeatureMap?.Tensor,
            FeatureMapChannels = card.Outputs.FeatureMap?.Channels ?? 0,
            LogitsTensor = withLogits ? card.Outputs.Logits?.Tensor : null,
            LogitClasses = card.Outputs.Logits?.Classes ?? 0,
        }, subject.Name);
        Backbone backbone = new(card, preprocessing, network) { OnnxPath = subject.Path };
        if (resized)
        {
            backbone.RequireInputSize(subject);
        }

        return backbone;
    }

    // Whether a network takes images of another size shows when it is run on one.
    private void RequireInputSize(Subject subject)
    {
        try
        {
            using FeatureNetwork trial = FeatureNetwork.Open(Network, subject, Card.Outputs.Features.Width);
            using FeatureBuffers buffers = new(trial);
            trial.Run(buffers);
        }
        catch (ModelFormatException exception)
        {
            throw BackboneException.Create(
                subject, FormattableString.Invariant($"cannot take images of {Card.Input.Width}x{Card.Input.Height} pixels: choose another input size, or leave it out"), exception);
        }
    }

    private static BackboneCard FindCard(string onnxPath, byte[] onnx, Subject subject, BackbonePreprocessing? preprocessing)
    {
        string cardPath = Path.ChangeExtension(onnxPath, ".json");
        if (preprocessing is not null)
        {
            return preprocessing.ToCard(Path.GetFileNameWithoutExtension(onnxPath), Convert.ToHexStringLower(SHA256.HashData(onnx)), OnnxOutputs.Read(onnx, subject));
        }

        if (!File.Exists(cardPath))
        {
            throw new BackboneException($"{subject.Name} has no card {Path.GetFileName(cardPath)} beside it: write one, or say how images are prepared for the network")
            {
                Reason = BackboneErrorReason.NoPreprocessing,
                Path = onnxPath,
            };
        }

        return BackboneCardReading.Parse(File.ReadAllBytes(cardPath), Subject.FromFile(cardPath));
    }

    private static byte[] ReadAll(string path, Subject subject)
    {
        if (!FileKind.IsRegular(path))
        {
            throw BackboneException.Create(subject, "is a pipe or a device: save the network in a file and name that");
        }

        long length = new FileInfo(path).Length;
        return length <= MaxFile
            ? File.ReadAllBytes(path)
            : throw BackboneException.Create(subject, FormattableString.Invariant($"has {length:N0} bytes; a backbone has at most {MaxFile:N0}"));
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(Backbone).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>What may follow a complaint about a backbone's name.</summary>
internal static class BackboneNameHint
{
    /// <summary>A question after the name that was probably meant, of the embedded backbone, those of a store and those that are published.</summary>
    /// <returns>The rest of a sentence; null if no name is near.</returns>
    public static string? Find(string name, IEnumerable<string> stored) =>
        NearestName.Find(name, [Backbone.EmbeddedName, .. stored, .. BackboneCatalog.Entries.Select(entry => entry.Name)]) is { } near ? $"did you mean {near}?" : null;
}
