using InceptionMl.Images;
using InceptionMl.Images.Internal;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Inference.Internal;

/// <summary>The name of all that decides an image's features besides its bytes.</summary>
public static class FeatureSpace
{
    /// <summary>The view of an image as it is, without augmentation.</summary>
    public const string PlainView = "plain";

    /// <param name="network">The network's SHA-256, lower-case.</param>
    /// <param name="preprocessing">How images are prepared for it.</param>
    /// <param name="view">Which copy of the image the network sees.</param>
    public static string Create(string network, ImagePreprocessing preprocessing, string view)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        string runtime = typeof(InferenceSession).Assembly.GetName().Version!.ToString();
        return $"network {network}; {preprocessing.ToCanonicalString()}; view {view}; onnxruntime {runtime}; {ImagePreparer.Decoder}";
    }
}
