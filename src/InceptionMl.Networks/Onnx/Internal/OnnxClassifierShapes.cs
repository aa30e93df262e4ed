using InceptionMl.Networks.Onnx.Editing;

namespace InceptionMl.Networks.Onnx.Internal;

/// <summary>What running an <see cref="OnnxClassifier"/> once has shown of its tensors.</summary>
public sealed record OnnxClassifierShapes
{
    /// <summary>Gets the height of the image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Gets the width of the image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the number of values per feature vector.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>Gets a value that indicates whether the tensor named for the features is a map, of which the mean over positions is to be taken.</summary>
    public bool FeaturesAreMap { get; init; }

    /// <summary>Gets the number of channels of the feature map; null if none is to be kept.</summary>
    public int? FeatureMapChannels { get; init; }

    /// <summary>Gets the number of classes of the classifier; null if none is to be kept.</summary>
    public int? LogitClasses { get; init; }
}
