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
    private static readonly string[] Map = [MapName];

    private readonly InferenceSession session;
    private readonly Subject subject;
    private readonly string[] outputs;

    private FeatureNetwork(InferenceSession session, Subject subject, string output, int width, int height, int features)
    {
        this.session = session;
        this.subject = subject;
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
    /// <exception cref="ModelFormatException">ONNX Runtime refuses it, or its tensors are not as the card says.</exception>
    public static FeatureNetwork Open(
        ReadOnlyMemory<byte> onnx, Subject subject, int features, Action<SessionOptions>? configure = null, string output = OutputName)
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
        InferenceSession session;
        try
        {
            session = new InferenceSession(WholeArray(onnx), options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw subject.Refuse($"holds a network that ONNX Runtime refuses: {OnnxFailure.Reason(exception)}", ModelErrorReason.NetworkFailed, exception);
        }

        try
        {
            int[] input = Shape(session.InputMetadata, subject, InputName, 4);
            int[] vector = Shape(session.OutputMetadata, subject, output, 2);
            if (input[1] != 3 || input[2] <= 0 || input[3] <= 0 || vector[1] != features)
            {
                throw subject.Refuse(FormattableString.Invariant(
                    $"holds a network from [{string.Join(", ", input)}] to [{string.Join(", ", vector)}] where {features} {output} of 3-channel images were expected"));
            }

            return new FeatureNetwork(session, subject, output, input[3], input[2], features);
        }
        catch
        {
            session.Dispose();
            throw;
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

    /// <summary>Computes what an image's features are pooled from; null if the network does not offer it.</summary>
    /// <param name="room">Buffers of one thread; its planes hold the image.</param>
    /// <exception cref="ModelFormatException">ONNX Runtime fails on the network.</exception>
    public FeatureMap? RunToMap(FeatureBuffers room)
    {
        if (!session.OutputMetadata.TryGetValue(MapName, out NodeMetadata? tensor) || tensor.ElementType != typeof(float) || tensor.Dimensions.Length != 4)
        {
            return null;
        }

        using RunOptions options = new();
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, Inputs, room.InputValues, Map);
            long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
            return new FeatureMap((int)shape[1], (int)shape[2], (int)shape[3], outputs[0].GetTensorDataAsSpan<float>().ToArray());
        }
        catch (OnnxRuntimeException exception)
        {
            throw CannotRun(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

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
