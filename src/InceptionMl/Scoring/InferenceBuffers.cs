using InceptionMl.Images;
using InceptionMl.Inference.Internal;
using InceptionMl.Scoring.Internal;

namespace InceptionMl.Scoring;

/// <summary>All one thread needs to score an image, kept for the next.</summary>
internal sealed class InferenceBuffers(FeatureNetwork network, ImageLimits limits) : IDisposable
{
    public FeatureBuffers Buffers { get; } = new(network);

    public ImageFileBuffer File { get; } = new(limits.MaxFileBytes);

    public void Dispose() => Buffers.Dispose();
}
