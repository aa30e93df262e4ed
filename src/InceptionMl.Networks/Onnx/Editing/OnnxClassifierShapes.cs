namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>What running an <see cref="OnnxClassifier"/> once has shown of its tensors.</summary>
public sealed record OnnxClassifierShapes
{
    /// <summary>Height of the image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Width of the image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Values per feature vector.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>True where the tensor named for the features is a map, of which the mean over positions is to be taken.</summary>
    public bool FeaturesAreMap { get; init; }

    /// <summary>Channels of the feature map; null where none is to be kept.</summary>
    public int? FeatureMapChannels { get; init; }

    /// <summary>Classes of the classifier; null where none is to be kept.</summary>
    public int? LogitClasses { get; init; }
}
