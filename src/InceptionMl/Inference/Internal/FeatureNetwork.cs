using System.Runtime.InteropServices;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Inference.Internal;

/// <summary>
/// A backbone in ONNX Runtime: raw 0..255 RGB planes in, features (or another of its vectors) out. One session serves any number
/// of threads at once; each image is a Run of its own on one thread, so that an image's bits depend on nothing but the image.
/// </summary>
public sealed class FeatureNetwork : IDisposable
{
    private const string InputName = "image";
    private const string OutputName = "features";
    private const string MapName = "feature_map";
    private static readonly string[] Inputs = [InputName];
    private static readonly BackboneFeatureSource[] LastMap = [new() { Tensor = MapName, Width = 0 }];

    private readonly InferenceSession session;
    private readonly Subject subject;
    private readonly string[] outputs;
    private readonly IReadOnlyList<BackboneFeatureSource> sources;
    private readonly Lazy<InferenceSession> maps;

    private FeatureNetwork(
        InferenceSession session, Subject subject, string output, (int Width, int Height) image, int features,
        IReadOnlyList<BackboneFeatureSource> sources, Lazy<InferenceSession> maps)
    {
        (int width, int height) = image;
        this.session = session;
        this.subject = subject;
        this.sources = sources;
        this.maps = maps;
        outputs = [output];
        Width = width;
        Height = height;
        Features = features;
    }

    /// <summary>Gets the width of the prepared image, in pixels.</summary>
    public int Width { get; }

    /// <summary>Gets the height of the prepared image, in pixels.</summary>
    public int Height { get; }

    /// <summary>Gets the number of values per feature vector.</summary>
    public int Features { get; }

    /// <summary>Opens a network that carries its own normalization.</summary>
    /// <param name="onnx">The ONNX model.</param>
    /// <param name="subject">What a message is about.</param>
    /// <param name="features">The feature width its card names.</param>
    /// <param name="configure">Lets an application add an execution provider.</param>
    /// <param name="output">The output to compute, [N, <paramref name="features"/>].</param>
    /// <param name="sources">The maps that the features are pooled from; null where they come from the output <c>feature_map</c>, if there is one.</param>
    /// <exception cref="ModelFormatException">ONNX Runtime refuses it, or its tensors are not as the card says.</exception>
    public static FeatureNetwork Open(
        ReadOnlyMemory<byte> onnx, Subject subject, int features, Action<SessionOptions>? configure = null, string output = OutputName,
        IReadOnlyList<BackboneFeatureSource>? sources = null)
    {
        InferenceSession session = OpenSession(WholeArray(onnx), subject, configure);
        try
        {
            int[] input = Shape(session.InputMetadata, subject, InputName, 4);
            int[] vector = Shape(session.OutputMetadata, subject, output, 2);
            if (input[1] != 3 || input[2] <= 0 || input[3] <= 0 || vector[1] != features)
            {
                throw subject.Refuse(FormattableString.Invariant(
                    $"holds a network from [{string.Join(", ", input)}] to [{string.Join(", ", vector)}] where {features} {output} of 3-channel images were expected"));
            }

            // Inner tensors as outputs cost the session that scores 3 to 6 %, so whoever asks for maps gets a session of its own.
            Lazy<InferenceSession> maps = sources is null
                ? new Lazy<InferenceSession>(session)
                : new Lazy<InferenceSession>(() => OpenSession(FurtherOutputs.Add(onnx.Span, sources.Select(source => source.Tensor).Distinct()), subject, configure));
            return new FeatureNetwork(session, subject, output, (input[3], input[2]), features, sources ?? LastMap, maps);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static InferenceSession OpenSession(byte[] onnx, Subject subject, Action<SessionOptions>? configure)
    {
        OnnxRuntimeTelemetry.Disable();
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        configure?.Invoke(options);
        try
        {
            return new InferenceSession(onnx, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw subject.Refuse($"holds a network that ONNX Runtime refuses: {OnnxFailure.Reason(exception)}", ModelErrorReason.NetworkFailed, exception);
        }
    }

    /// <summary>Computes the features of one prepared image.</summary>
    /// <param name="room">Buffers of one thread; its planes hold the image, its features receive the result.</param>
    /// <exception cref="ModelFormatException">ONNX Runtime fails on the network.</exception>
    public void Run(FeatureBuffers room)
    {
        using RunOptions options = new();
        try
        {
            session.Run(options, Inputs, room.InputValues, outputs, room.OutputValues);
        }
        catch (OnnxRuntimeException exception)
        {
            throw CannotRun(exception);
        }
    }

    /// <summary>Computes the maps that an image's features are pooled from; none if the network does not offer them.</summary>
    /// <param name="room">Buffers of one thread; its planes hold the image.</param>
    /// <returns>A map for each source, in the order of the features.</returns>
    /// <exception cref="ModelFormatException">ONNX Runtime fails on the network.</exception>
    public IReadOnlyList<FeatureMap> RunToMaps(FeatureBuffers room)
    {
        string[] tensors = [.. sources.Select(source => source.Tensor).Distinct()];
        InferenceSession withMaps = maps.Value;
        if (tensors.Any(tensor => !withMaps.OutputMetadata.TryGetValue(tensor, out NodeMetadata? found) || found.ElementType != typeof(float) || found.Dimensions.Length is not (0 or 4)))
        {
            return [];
        }

        using RunOptions options = new();
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> found = withMaps.Run(options, Inputs, room.InputValues, tensors);
            return [.. sources.Select(source => Map(found[Array.IndexOf(tensors, source.Tensor)], source.Pooling)).OfType<FeatureMap>()];
        }
        catch (OnnxRuntimeException exception)
        {
            throw CannotRun(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        if (maps.IsValueCreated && maps.Value != session)
        {
            maps.Value.Dispose();
        }
    }

    private static FeatureMap? Map(OrtValue value, FeaturePooling pooling) => value.GetTensorTypeAndShape().Shape is [_, var channels, var height, var width]
        ? new FeatureMap((int)channels, (int)height, (int)width, value.GetTensorDataAsSpan<float>().ToArray(), pooling)
        : null;

    private static int[] Shape(IReadOnlyDictionary<string, NodeMetadata> tensors, Subject subject, string name, int rank) =>
        tensors.TryGetValue(name, out NodeMetadata? tensor) && tensor.ElementType == typeof(float) && tensor.Dimensions.Length == rank
            ? tensor.Dimensions
            : throw subject.Refuse($"holds a network without a float32 tensor '{name}' of {rank} dimensions");

    // A network has tens of megabytes, and ONNX Runtime makes its own copy: another one here would only raise the peak.
    private static byte[] WholeArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment) && segment.Array!.Length == bytes.Length ? segment.Array : bytes.ToArray();

    private ModelFormatException CannotRun(OnnxRuntimeException exception) =>
        subject.Refuse($"holds a network that ONNX Runtime cannot run: {OnnxFailure.Reason(exception)}", ModelErrorReason.NetworkFailed, exception);
}
