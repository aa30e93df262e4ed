using System.Security.Cryptography;
using InceptionMl.Backbones.Internal;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
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
    internal Subject Subject => Subject.FromBackbone(Card.Name);

    /// <summary>The compact Inception network that comes with this library; needs no file and no network.</summary>
    /// <param name="mode">How images are fitted; null takes the card's own.</param>
    public static Backbone Embedded(ResizeMode? mode = null)
    {
        Subject subject = new("The embedded backbone");
        BackboneCard card = BackboneCardReading.Parse(Resource(EmbeddedName + ".json"), subject);
        return Create(card, Resource(EmbeddedName + ".onnx"), subject, mode);
    }

    /// <summary>Opens a backbone by the name of the embedded one, by the path of an ONNX file, or by its name in a store.</summary>
    /// <param name="nameOrPath">
    /// Null or <c>inception-compact</c> is the embedded backbone; then an ONNX file that exists is meant, then a backbone of the store.
    /// </param>
    /// <param name="preprocessing">How to feed an ONNX file that has no card beside it; null if a card is expected.</param>
    /// <param name="mode">How images are fitted; null takes the card's own.</param>
    /// <param name="store">The store that names are looked up in; null for none.</param>
    /// <exception cref="BackboneException">The message names the file and says what to do.</exception>
    public static Backbone Open(string? nameOrPath, BackbonePreprocessing? preprocessing = null, ResizeMode? mode = null, BackboneStore? store = null)
    {
        if (nameOrPath is null or EmbeddedName)
        {
            return Embedded(mode);
        }

        if (!File.Exists(nameOrPath))
        {
            nameOrPath = InStore(nameOrPath, store);
        }

        return OpenFile(nameOrPath, preprocessing, mode, withLogits: false);
    }

    /// <summary>
    /// Opens an ONNX file with its card, the classifier's <c>logits</c> [N, K] kept beside the features where the card names them.
    /// </summary>
    /// <exception cref="BackboneException">The message names the file and says what to do.</exception>
    internal static Backbone OpenWithLogits(string onnxPath) => File.Exists(onnxPath)
        ? OpenFile(onnxPath, preprocessing: null, mode: null, withLogits: true)
        : throw new BackboneException($"The backbone {onnxPath} is no file that exists");

    /// <summary>What a file that is about to be stored with a card will be opened as.</summary>
    /// <exception cref="BackboneException">It is not usable with that card.</exception>
    /// <exception cref="OnnxFormatException">It is not usable with that card.</exception>
    internal static Backbone FromStaged(string onnxPath, BackboneCard card, Subject subject, bool withLogits) =>
        Create(card, ReadAll(onnxPath, subject), subject, mode: null, withLogits);

    private static Backbone OpenFile(string path, BackbonePreprocessing? preprocessing, ResizeMode? mode, bool withLogits)
    {
        Subject subject = new($"The backbone {path}", path);
        try
        {
            byte[] onnx = ReadAll(path, subject);
            return Create(FindCard(path, onnx, subject, preprocessing), onnx, subject, mode, withLogits);
        }
        catch (OnnxFormatException exception)
        {
            throw new BackboneException(exception.Message, exception) { Path = path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackboneException.Create(subject, $"cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static string InStore(string name, BackboneStore? store)
    {
        if (store is null || !BackboneName.IsValid(name))
        {
            string hint = BackboneName.IsValid(name) && BackboneNameHint.Find(name, []) is { } near ? $"; {near}" : string.Empty;
            throw new BackboneException($"The backbone {name} is neither {EmbeddedName}, the embedded one, nor a file that exists{hint}");
        }

        if (store.Find(name) is { } stored)
        {
            return stored.Problem is null ? stored.OnnxPath : throw new BackboneException(stored.Problem);
        }

        bool published = BackboneCatalog.Find(name) is not null;
        string? what = published ? "pull it first, since it is published" : BackboneNameHint.Find(name, store.List().Select(other => other.Name));
        throw new BackboneException($"The backbone {name} is no file, and not stored in {store.Folder}{(what is null ? "" : $": {what}")}")
        {
            Reason = published ? BackboneErrorReason.NotPulled : BackboneErrorReason.NotFound,
            PublishedName = published ? name : null,
        };
    }

    private static Backbone Create(BackboneCard card, byte[] onnx, Subject subject, ResizeMode? mode, bool withLogits = false)
    {
        if (card.Sha256 is { } expected && !expected.Equals(Convert.ToHexString(SHA256.HashData(onnx)), StringComparison.OrdinalIgnoreCase))
        {
            throw BackboneException.Create(subject, "does not have the SHA-256 its card names: fetch the file again, or correct the card if the change was meant");
        }

        ImagePreprocessing preprocessing = card.Preprocessing(mode);
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
            FeatureMapTensor = card.Outputs.FeatureMap?.Tensor,
            FeatureMapChannels = card.Outputs.FeatureMap?.Channels ?? 0,
            LogitsTensor = withLogits ? card.Outputs.Logits?.Tensor : null,
            LogitClasses = card.Outputs.Logits?.Classes ?? 0,
        }, subject.Name);
        return new Backbone(card, preprocessing, network);
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
