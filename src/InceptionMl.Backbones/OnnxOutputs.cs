using InceptionMl.Internal;
using InceptionMl.Scoring;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Backbones;

/// <summary>What an ONNX file without a card says of itself: its one input and the width of its <c>features</c>.</summary>
internal sealed record OnnxOutputs(string InputTensor, int FeatureWidth, int? FeatureMapChannels)
{
    /// <exception cref="BackboneException">ONNX Runtime refuses the file, or it has no usable <c>features</c> output.</exception>
    public static OnnxOutputs Read(byte[] onnx, Subject subject)
    {
        OnnxRuntimeTelemetry.Disable();
        try
        {
            using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using InferenceSession session = new(onnx, options);
            if (session.InputMetadata.Count != 1
                || !session.OutputMetadata.TryGetValue("features", out NodeMetadata? features)
                || features.Dimensions.Length < 2 || features.Dimensions[1] <= 0)
            {
                throw BackboneException.Create(subject, "has not one input and an output 'features' of known width: write a card that names its tensors");
            }

            int? channels = session.OutputMetadata.TryGetValue("feature_map", out NodeMetadata? map) && map.Dimensions is [_, > 0, _, _]
                ? map.Dimensions[1]
                : null;
            return new OnnxOutputs(session.InputMetadata.Keys.Single(), features.Dimensions[1], channels);
        }
        catch (OnnxRuntimeException exception)
        {
            throw BackboneException.Create(subject, $"is refused by ONNX Runtime: {OnnxFailure.Reason(exception)}", exception);
        }
    }
}
