using InceptionMl.Images;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Scoring;

/// <summary>Settings of an <see cref="ImageScorer"/>.</summary>
public sealed class ImageScorerOptions
{
    /// <summary>How many images a batch works on at once.</summary>
    /// <value>The default is 0: one a processor.</value>
    public int Workers { get; set; }

    /// <summary>Limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    public ImageLimits Limits { get; set; } = new();

    /// <summary>
    /// Called with the session's options before the network is loaded: the place to append an execution provider (CUDA, DirectML,
    /// CoreML) whose package the application references.
    /// </summary>
    /// <value>The default is null: ONNX Runtime's processor kernels, one thread an image.</value>
    public Action<SessionOptions>? ConfigureSession { get; set; }
}
