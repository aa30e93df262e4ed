using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Networks.Onnx.Editing.Internal;

namespace InceptionMl.Backbones.Importing;

/// <summary>ONNX files of model zoos: the pooled tensor and the logits become outputs, the batch is freed.</summary>
internal static class OnnxNetwork
{
    public static async Task<NetworkFromFile> ReadAsync(
        Stream stream, Subject subject, BackboneImportOptions options, KnownInput? known, TrialRun trial, CancellationToken cancellationToken)
    {
        OnnxClassifier classifier = OnnxClassifier.Read(stream, options.FeaturesTensor ?? options.Entry?.FeaturesTensor, subject.Name);
        KnownInput input = known ?? throw KnownInput.Unknown(subject);
        RequireSize(subject, classifier, input.Input);
        TrialResults results = await trial.RunAsync(classifier.Probe(), subject, classifier.InputTensor, input.Input, cancellationToken).ConfigureAwait(false);
        TrialOutput features = results[classifier.FeaturesTensor];
        TrialOutput? map = features.IsMap ? features : classifier.FeatureMapTensor is { } tensor ? results[tensor] : null;
        int width = features.IsMap ? (int)features.Shape[1] : features.Vector(classifier.FeaturesTensor);
        OnnxClassifierShapes shapes = new()
        {
            Height = input.Input.Height,
            Width = input.Input.Width,
            FeatureWidth = width,
            FeaturesAreMap = features.IsMap,
            FeatureMapChannels = map is not null && (features.IsMap || map.HasMean(features)) ? width : null,
            LogitClasses = classifier.LogitsTensor is { } logits ? results[logits].Vector(logits) : null,
        };
        return new NetworkFromFile
        {
            Form = "ONNX model",
            Network = options.Network ?? options.Entry?.Network,
            Input = input,
            Outputs = NetworkFromFile.CreateOutputs(width, shapes.FeatureMapChannels, shapes.LogitClasses),
            Write = target => classifier.WriteBackbone(target, shapes),
            FeaturesTensor = classifier.FeaturesTensor,
        };
    }

    private static void RequireSize(Subject subject, OnnxClassifier classifier, BackboneInput input)
    {
        if ((classifier.Width ?? input.Width) != input.Width || (classifier.Height ?? input.Height) != input.Height)
        {
            throw BackboneException.Create(subject, FormattableString.Invariant(
                $"takes images of {classifier.Width}x{classifier.Height}, not of {input.Width}x{input.Height}: correct the input size"));
        }
    }
}
