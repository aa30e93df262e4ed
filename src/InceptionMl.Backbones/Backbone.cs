using System.Security.Cryptography;
using InceptionMl.Backbones.Catalog;
using InceptionMl.Backbones.Internal;
using InceptionMl.Backbones.Store;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Onnx.Editing;

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

    /// <summary>What the backbone is.</summary>
    public BackboneCard Card { get; }

    /// <summary>How images are prepared before the network.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>The ONNX model: <c>image</c> [N, 3, H, W] raw 0..255 in, <c>features</c> [N, W] out; crop and normalization inside.</summary>
    public ReadOnlyMemory<byte> Network { get; }

    /// <summary>SHA-256 of <see cref="Network"/>, in lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>The compact Inception network that comes with this library; needs no file and no network.</summary>
    /// <param name="mode">How images are fitted; null takes the card's own.</param>
    public static Backbone Embedded(ResizeMode? mode = null)
    {
        BackboneCard card = BackboneCard.Parse(Resource(EmbeddedName + ".json"));
        return Create(card, Resource(EmbeddedName + ".onnx"), mode);
    }

    /// <summary>Opens a backbone by the name of the embedded one, by the path of an ONNX file, or by its name in a store.</summary>
    /// <param name="nameOrPath">
    /// Null or <c>inception-compact</c> is the embedded backbone; then an ONNX file that exists is meant, then a backbone of the store.
    /// </param>
    /// <param name="preprocessing">How to feed an ONNX file that has no card beside it; null where a card is expected.</param>
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
    /// <exception cref="ModelFormatException">It is not usable with that card.</exception>
    /// <exception cref="OnnxFormatException">It is not usable with that card.</exception>
    internal static Backbone FromStaged(string onnxPath, BackboneCard card, bool withLogits) => Create(card, ReadAll(onnxPath), mode: null, withLogits);

    private static Backbone OpenFile(string path, BackbonePreprocessing? preprocessing, ResizeMode? mode, bool withLogits)
    {
        try
        {
            byte[] onnx = ReadAll(path);
            return Create(FindCard(path, onnx, preprocessing), onnx, mode, withLogits);
        }
        catch (Exception exception) when (exception is OnnxFormatException or ModelFormatException or IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"The backbone {path} {exception.Message}", exception);
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

        string what = BackboneCatalog.Find(name) is null
            ? BackboneNameHint.Find(name, store.List().Select(other => other.Name)) ?? "what there is, the command line's 'backbones list' shows"
            : $"run: inceptionml backbones pull {name}";
        throw new BackboneException($"The backbone {name} is no file, and not stored in {store.Folder}: {what}");
    }

    private static Backbone Create(BackboneCard card, byte[] onnx, ResizeMode? mode, bool withLogits = false)
    {
        if (card.Sha256 is { } expected && !expected.Equals(Convert.ToHexString(SHA256.HashData(onnx)), StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelFormatException("does not have the SHA-256 its card names: fetch the file again, or correct the card if the change was meant");
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
        });
        return new Backbone(card, preprocessing, network);
    }

    private static BackboneCard FindCard(string onnxPath, byte[] onnx, BackbonePreprocessing? preprocessing)
    {
        string cardPath = Path.ChangeExtension(onnxPath, ".json");
        if (preprocessing is not null)
        {
            return preprocessing.ToCard(Path.GetFileNameWithoutExtension(onnxPath), Convert.ToHexStringLower(SHA256.HashData(onnx)), OnnxOutputs.Read(onnx));
        }

        if (!File.Exists(cardPath))
        {
            throw new ModelFormatException(
                $"has no card {Path.GetFileName(cardPath)} beside it: write one, or say how the network is fed "
                + "(on the command line with --input-size, --offset, --scale and --channels)");
        }

        try
        {
            return BackboneCard.Parse(File.ReadAllBytes(cardPath));
        }
        catch (ModelFormatException exception)
        {
            throw new BackboneException($"{cardPath} {exception.Message}", exception) { Path = cardPath };
        }
    }

    private static byte[] ReadAll(string path)
    {
        if (!FileKind.IsRegular(path))
        {
            throw new ModelFormatException("is a pipe or a device: save the network in a file and name that");
        }

        long length = new FileInfo(path).Length;
        return length <= MaxFile
            ? File.ReadAllBytes(path)
            : throw new ModelFormatException(FormattableString.Invariant($"has {length:N0} bytes; a backbone has at most {MaxFile:N0}"));
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(Backbone).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
