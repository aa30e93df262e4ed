using InceptionMl.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InceptionMl.Training.Backbones.Importing;

/// <summary>
/// Runs a network on one made-up image before anything is stored: what cannot run is refused now and not in the middle of a training,
/// and the sizes of tensors are those that came out, not those that a file claims.
/// </summary>
internal static class TrialRun
{
    /// <exception cref="ModelFormatException">ONNX Runtime refuses the network, or values come out that are no numbers.</exception>
    public static TrialResults Run(byte[] onnx, string inputTensor, BackboneInput input)
    {
        float[] image = Image(input);
        try
        {
            using SessionOptions options = new()
            {
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC,
            };
            using InferenceSession session = new(onnx, options);
            using RunOptions run = new();
            using OrtValue value = OrtValue.CreateTensorValueFromMemory(image, [1, 3, input.Height, input.Width]);
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [inputTensor], [value], session.OutputNames);
            return new TrialResults(session.OutputNames.Zip(outputs, KeyValuePair.Create).ToDictionary(pair => pair.Key, pair => Output(pair.Key, pair.Value)));
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelFormatException($"is refused by ONNX Runtime: {exception.Message.Split('\n', 2)[0].Trim()}", exception);
        }
    }

    private static TrialOutput Output(string name, OrtValue value)
    {
        OrtTensorTypeAndShapeInfo type = value.GetTensorTypeAndShape();
        if (type.ElementDataType != TensorElementType.Float)
        {
            throw new ModelFormatException($"computes '{name}' as {type.ElementDataType}, where float32 is needed");
        }

        float[] values = value.GetTensorDataAsSpan<float>().ToArray();
        return values.All(float.IsFinite)
            ? new TrialOutput(type.Shape, values)
            : throw new ModelFormatException($"computes values in '{name}' that are no numbers: its weights are damaged");
    }

    private static float[] Image(BackboneInput input)
    {
        float[] image = new float[3 * input.Height * input.Width];
        for (int i = 0; i < image.Length; i++)
        {
            int channel = i / (input.Height * input.Width);
            image[i] = (float)(((i * 37 % 256) - input.Offset[channel]) * input.Scale[channel]);
        }

        return image;
    }
}
