using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Inference.Internal;

/// <summary>The memory one thread needs to take an image through a <see cref="FeatureNetwork"/>, made once and used again.</summary>
public sealed class FeatureBuffers : IDisposable
{
    private readonly float[] planes;
    private readonly float[] features;

    public FeatureBuffers(FeatureNetwork network)
    {
        Rgb = new byte[3 * network.Width * network.Height];
        planes = new float[Rgb.Length];
        features = new float[network.Features];
        InputValues = [OrtValue.CreateTensorValueFromMemory(planes, [1, 3, network.Height, network.Width])];
        OutputValues = [OrtValue.CreateTensorValueFromMemory(features, [1, network.Features])];
    }

    /// <summary>Gets the prepared image, interleaved, height x width x 3.</summary>
    public byte[] Rgb { get; }

    /// <summary>Gets the same as planes of raw 0..255 values, 3 x height x width: the network's input.</summary>
    public Span<float> Planes => planes;

    /// <summary>Gets the network's output.</summary>
    public ReadOnlySpan<float> Features => features;

    public IReadOnlyCollection<OrtValue> InputValues { get; }

    public IReadOnlyCollection<OrtValue> OutputValues { get; }

    public void Dispose()
    {
        foreach (OrtValue value in InputValues.Concat(OutputValues))
        {
            value.Dispose();
        }
    }
}
