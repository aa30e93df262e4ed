using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Networks.Tests.Onnx;

/// <summary>Runs a model in ONNX Runtime and keeps every output by name.</summary>
internal static class OnnxRun
{
    public static IReadOnlyDictionary<string, Output> Run(byte[] model, float[] image, params long[] shape)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 2, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(model, options);
        using RunOptions run = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, [input], session.OutputNames);
        return session.OutputNames
            .Zip(outputs, (name, value) => (name, output: new Output(value.GetTensorTypeAndShape().Shape, value.GetTensorDataAsSpan<float>().ToArray())))
            .ToDictionary(pair => pair.name, pair => pair.output);
    }

    /// <summary>An output's shape, batch first, and its values.</summary>
    internal sealed record Output(long[] Shape, float[] Values);
}
