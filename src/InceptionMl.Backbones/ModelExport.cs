using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Networks.Onnx.Editing.Internal;

namespace InceptionMl.Backbones;

/// <summary>
/// Writes a whole model as one ONNX file: <c>image</c> [N, 3, H, W], float32 planes 0..255 of the prepared image, red first, in;
/// <c>probabilities</c> [N, classes] and <c>features</c> [N, width] out. Crop, channel order, normalization, head and calibration
/// temperature are nodes inside.
/// </summary>
/// <remarks>
/// Its <c>metadata_props</c>: <c>classes</c> (a JSON list), <c>preprocessing</c> (JSON: what is done to an image before; <c>mode</c>
/// crop and pad have an <c>anchor</c>, pad has a <c>fill</c>), <c>model</c> (the zip's name), <c>created</c> (when it was trained, UTC) and <c>backbone</c>.
/// </remarks>
public static class ModelExport
{
    private const string Extension = ".onnx";

    // Class names go to programs, never into a web page: letters stay letters.
    private static readonly OnnxMetadataJson Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>Exports a model.</summary>
    /// <param name="modelPath">The model zip.</param>
    /// <param name="onnxPath">The ONNX file to write; it appears whole or not at all.</param>
    /// <returns>The model's card, which names the classes and the size of the image.</returns>
    /// <exception cref="ArgumentException">The file to write is the model itself, by whatever links.</exception>
    /// <exception cref="ModelFormatException">The model cannot be used, or the file cannot be written there.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static ModelCard ToOnnx(string modelPath, string onnxPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        ArgumentException.ThrowIfNullOrEmpty(onnxPath);
        CheckDestination(onnxPath);
        SpareModel(modelPath, onnxPath);
        ModelPackage package = Read(modelPath);
        byte[] onnx = Compose(modelPath, package);
        AtomicFile.Write(onnxPath, stream => stream.Write(onnx));
        return package.Card;
    }

    private static void CheckDestination(string onnxPath)
    {
        if (!onnxPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw Subject.FromFile(onnxPath).Refuse($"does not end in {Extension}: name the ONNX file to write", ModelErrorReason.CannotWrite);
        }

        if (Directory.Exists(onnxPath))
        {
            throw Subject.FromFile(onnxPath).Refuse("is a folder: name the ONNX file to write", ModelErrorReason.CannotWrite);
        }
    }

    private static void SpareModel(string modelPath, string onnxPath)
    {
        if (RealPath.AreSame(modelPath, onnxPath))
        {
            throw new ArgumentException($"{onnxPath} is the model itself: name another file to write.", nameof(onnxPath));
        }
    }

    private static ModelPackage Read(string modelPath)
    {
        if (Directory.Exists(modelPath))
        {
            throw Subject.FromFile(modelPath).Refuse("is a folder: name the model's zip file");
        }

        return ModelPackage.Read(modelPath);
    }

    private static byte[] Compose(string modelPath, ModelPackage package)
    {
        ClassifierHead head = new() { Weights = package.Head.Weights, Bias = package.Head.Bias, Temperature = package.Card.Temperature };
        try
        {
            return HeadEditor.WithHead(package.Network.Span, head, Metadata(modelPath, package.Card), $"{modelPath} holds a network that");
        }
        catch (OnnxFormatException exception)
        {
            throw new ModelFormatException(exception.Message, exception) { Reason = ModelErrorReason.NetworkFailed, Path = modelPath };
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Metadata(string modelPath, ModelCard card) =>
    [
        new("classes", JsonSerializer.Serialize(card.Classes, Json.IReadOnlyListString)),
        new("preprocessing", JsonSerializer.Serialize(OnnxPreprocessing.Create(card.Preprocessing), Json.OnnxPreprocessing)),
        new("model", Path.GetFileNameWithoutExtension(modelPath)),
        new("created", card.Created.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        new("backbone", card.Backbone.Version is { } version ? $"{card.Backbone.Name} {version}" : card.Backbone.Name),
    ];
}

/// <summary>What is done to an image before the network, as the file says it.</summary>
internal sealed record OnnxPreprocessing(int Version, int Width, int Height, string Mode, string? Anchor, string? Fill)
{
    public string Filter { get; } = "area";

    public string Channels { get; } = "RGB";

    public string Layout { get; } = "NCHW";

    public string Range { get; } = "0..255";

    public string Colors { get; } = "sRGB";

    public string Orientation { get; } = "upright by EXIF";

    public string Transparency { get; } = "on white";

    // Where the picture lies when its shape is another, and on what.
    public static OnnxPreprocessing Create(ModelPreprocessing preprocessing) => new(
        preprocessing.Version,
        preprocessing.Width,
        preprocessing.Height,
        preprocessing.Mode.ToString().ToLowerInvariant(),
        preprocessing.Mode is ResizeMode.Crop or ResizeMode.Pad ? "center" : null,
        preprocessing.Mode is ResizeMode.Pad ? "#000000" : null);
}

[JsonSerializable(typeof(OnnxPreprocessing))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class OnnxMetadataJson : JsonSerializerContext;
