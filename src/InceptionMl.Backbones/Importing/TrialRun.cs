using InceptionMl.Internal;
using InceptionMl.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InceptionMl.Backbones.Importing;

/// <summary>
/// Runs a network on one made-up image before anything is stored: what cannot run is refused now and not in the middle of a training,
/// and the sizes of tensors are those that came out, not those that a file claims.
/// </summary>
/// <param name="time">The clock that the deadline goes by.</param>
internal sealed class TrialRun(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Runs a network on an image as it is to be fed.</summary>
    /// <exception cref="BackboneException">
    /// ONNX Runtime refuses the network, it does not come to an end in time, or values come out that are no numbers.
    /// </exception>
    public Task<TrialResults> RunAsync(byte[] onnx, Subject subject, string inputTensor, BackboneInput input, CancellationToken cancellationToken) =>
        RunAsync(onnx, subject, inputTensor, Prepared(input), input.Width, input.Height, cancellationToken);

    /// <summary>Opens a backbone that is about to be stored as training and classifying will open it, and runs both.</summary>
    /// <exception cref="BackboneException">As for a network, or it computes other sizes than its card says.</exception>
    public async Task RequireUsableAsync(string onnxPath, BackboneCard card, Subject subject, CancellationToken cancellationToken)
    {
        foreach (bool withLogits in card.Outputs.Logits is null ? (bool[])[false] : [false, true])
        {
            Backbone backbone = Backbone.FromStaged(onnxPath, card, subject, withLogits);
            (int width, int height) = (backbone.Preprocessing.Width, backbone.Preprocessing.Height);
            float[] image = Image(width, height, (value, _) => value);
            TrialResults results = await RunAsync(backbone.Network.ToArray(), subject, "image", image, width, height, cancellationToken).ConfigureAwait(false);
            RequireLength(subject, "features", results["features"].Vector("features"), card.Outputs.Features.Width);
            if (withLogits)
            {
                RequireLength(subject, "logits", results["logits"].Vector("logits"), card.Outputs.Logits!.Classes);
            }
        }
    }

    private async Task<TrialResults> RunAsync(
        byte[] onnx, Subject subject, string inputTensor, float[] image, int width, int height, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Longest, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        CancellationToken stop = either.Token;
        try
        {
            // ONNX Runtime looks at its flag between nodes only, so nobody waits for a node that takes minutes.
            return await Task.Run(() => Run(onnx, subject, inputTensor, image, [1, 3, height, width], stop), stop).WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw BackboneException.Create(
                subject,
                FormattableString.Invariant($"does not compute one picture's features within {Longest.TotalSeconds:0} s: it is no network to train with"),
                exception);
        }
    }

    private static TrialResults Run(byte[] onnx, Subject subject, string inputTensor, float[] image, long[] shape, CancellationToken stop)
    {
        OnnxRuntimeTelemetry.Disable();
        try
        {
            using SessionOptions options = new()
            {
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC,
            };
            using InferenceSession session = new(onnx, options);
            using RunOptions run = new();
            using CancellationTokenRegistration registration = stop.Register(() => run.Terminate = true);
            using OrtValue value = OrtValue.CreateTensorValueFromMemory(image, shape);
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [inputTensor], [value], session.OutputNames);
            return new TrialResults(
                subject, session.OutputNames.Zip(outputs, KeyValuePair.Create).ToDictionary(pair => pair.Key, pair => Output(subject, pair.Key, pair.Value)));
        }
        catch (OnnxRuntimeException) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (OnnxRuntimeException exception)
        {
            throw BackboneException.Create(subject, $"is refused by ONNX Runtime: {OnnxFailure.Reason(exception)}", exception);
        }
    }

    private static TrialOutput Output(Subject subject, string name, OrtValue value)
    {
        OrtTensorTypeAndShapeInfo type = value.GetTensorTypeAndShape();
        if (type.ElementDataType != TensorElementType.Float)
        {
            throw BackboneException.Create(subject, $"computes '{name}' as {type.ElementDataType}, where float32 is needed");
        }

        float[] values = value.GetTensorDataAsSpan<float>().ToArray();
        return values.All(float.IsFinite)
            ? new TrialOutput(subject, type.Shape, values)
            : throw BackboneException.Create(subject, $"computes values in '{name}' that are no numbers: its weights are damaged");
    }

    private static void RequireLength(Subject subject, string tensor, int found, int expected)
    {
        if (found != expected)
        {
            throw BackboneException.Create(subject, FormattableString.Invariant(
                $"computes {found} values in '{tensor}' where {expected} are expected: it depends on its picture's size"));
        }
    }

    private static float[] Prepared(BackboneInput input) =>
        Image(input.Width, input.Height, (value, channel) => (value - input.Offset[channel]) * input.Scale[channel]);

    private static float[] Image(int width, int height, Func<int, int, double> prepare)
    {
        float[] image = new float[3 * height * width];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)prepare(i * 37 % 256, i / (height * width));
        }

        return image;
    }
}

/// <summary>What a network computed for one image: the shape, batch first, and the values.</summary>
internal sealed record TrialOutput(Subject Subject, long[] Shape, float[] Values)
{
    private const double MeanTolerance = 1e-3;

    /// <summary>Gets a value that indicates whether it has more than one position.</summary>
    public bool IsMap => Shape is [1, _, > 1, _] or [1, _, _, > 1];

    /// <summary>The values of a vector, behind which dimensions of 1 may stand.</summary>
    /// <exception cref="BackboneException">It is no vector of a usable length.</exception>
    public int Vector(string tensor) => Shape is [1, >= 1 and <= BackboneCard.MaxFeatureWidth, ..] && Shape.AsSpan(2).IndexOfAnyExcept(1) < 0
        ? (int)Shape[1]
        : throw BackboneException.Create(
            Subject,
            $"computes '{tensor}' as {string.Join(" x ", Shape)}, where a vector for each image is needed: name another tensor for the features");

    /// <summary>Determines whether a vector holds this map's means over its positions, as a map of heat relies on.</summary>
    public bool HasMean(TrialOutput vector)
    {
        if (!IsMap || Shape[1] != vector.Values.Length)
        {
            return false;
        }

        int positions = Values.Length / vector.Values.Length;
        double scale = vector.Values.Max(value => Math.Abs((double)value));
        for (int channel = 0; channel < vector.Values.Length; channel++)
        {
            double sum = 0;
            foreach (float value in Values.AsSpan(channel * positions, positions))
            {
                sum += value;
            }

            if (Math.Abs((sum / positions) - vector.Values[channel]) > MeanTolerance * scale)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>All that a network computed for one image, by the tensors' names.</summary>
internal sealed class TrialResults(Subject subject, IReadOnlyDictionary<string, TrialOutput> outputs)
{
    /// <exception cref="BackboneException">It was not computed.</exception>
    public TrialOutput this[string tensor] => outputs.TryGetValue(tensor, out TrialOutput? output)
        ? output
        : throw BackboneException.Create(subject, $"does not compute '{tensor}'");
}
