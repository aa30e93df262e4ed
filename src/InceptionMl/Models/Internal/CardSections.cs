using System.Text.Json.Serialization;
using InceptionMl.Images;

namespace InceptionMl.Models.Internal;

/// <summary>The network inside a model zip: raw 0..255 RGB planes in, features out, normalization included.</summary>
public sealed record ModelNetwork
{
    /// <summary>Gets the zip entry that ML.NET wrote: a 4-byte little-endian length, then the ONNX model.</summary>
    public required string Entry { get; init; }

    /// <summary>Gets the SHA-256 of the ONNX model, in hexadecimal.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>The preprocessing a model was trained with.</summary>
public sealed record ModelPreprocessing
{
    /// <summary>Gets the version of the preprocessing step; see <see cref="ImagePreprocessing.Version"/>.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the width of the prepared image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the height of the prepared image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Gets how an image of another shape is fitted.</summary>
    public required ResizeMode Mode { get; init; }
}

/// <summary>How sharp images are.</summary>
public sealed record ModelSharpness
{
    /// <summary>Gets the number of images that were looked at.</summary>
    public required int Images { get; init; }

    /// <summary>Gets how many of them show less than the network takes: they were enlarged or blurred, or are less than half as large as its input.</summary>
    public required int Soft { get; init; }
}

/// <summary>From which distance to its training images on a model calls an image none of its classes.</summary>
public sealed record ModelUnknown
{
    /// <summary>Gets the distance, 0 to 2, to the nearest vector of the bank above which an image is unknown; see <see cref="FeatureBank"/>.</summary>
    public required double Distance { get; init; }

    /// <summary>Gets the share of images of the classes that was wanted to be called unknown; the least there is where they are fewer than one over it.</summary>
    public required double Wanted { get; init; }

    /// <summary>Gets the number of training images, each compared with the others, that placed the distance.</summary>
    public required int Images { get; init; }

    /// <summary>Gets the share of them that is called unknown.</summary>
    public required double FalseAlarms { get; init; }

    /// <summary>Gets the number of images that are none of the classes and placed the distance too.</summary>
    public int Background { get; init; }

    /// <summary>Gets the share of them that is called unknown.</summary>
    /// <value>The default is null: there were none.</value>
    public double? BackgroundSeen { get; init; }

    /// <summary>Gets the share of the test images that is called unknown.</summary>
    /// <value>The default is null: there were none.</value>
    public double? OfTest { get; init; }
}

/// <summary>How well a model's probabilities were found to fit images that its heads had not seen.</summary>
public sealed record ModelCalibration
{
    /// <summary>Gets the temperature that the head's weights were divided by: above 1 the probabilities were drawn together, below 1 apart; 1 where that did not help.</summary>
    public required double Temperature { get; init; }

    /// <summary>Gets the number of images it was found on, each by a head that had not seen it.</summary>
    public required int Images { get; init; }

    /// <summary>Gets their mean log loss without it.</summary>
    public double? LogLossBefore { get; init; }

    /// <summary>Gets their mean log loss with it.</summary>
    public double? LogLoss { get; init; }
}

/// <summary>Which sets of labels a model gives.</summary>
public sealed record ModelSets
{
    /// <summary>Gets how strange a label is to an image, <c>lac</c>, <c>aps</c> or <c>raps</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the share of images whose set is to hold the true label where nobody wants another.</summary>
    /// <value>The default is null: no sets are given unless somebody asks.</value>
    public double? Coverage { get; init; }

    /// <summary>Gets the number of images that the sets follow from, each judged by a head that had not seen it.</summary>
    public required int Images { get; init; }
}

/// <summary>The augmentation of a model's training images.</summary>
public sealed record ModelAugmentation
{
    /// <summary>Gets the kind of augmentation: <c>none</c>, <c>flip</c> or <c>light</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the number of copies of each training image, the image as it is among them.</summary>
    [JsonPropertyName("viewsPerImage")]
    public required int CopiesPerImage { get; init; }
}

/// <summary>A backbone that was compared with others on a sample of the images, by cross-validation.</summary>
public sealed record ComparedBackbone
{
    /// <summary>Gets what it is called: its name or its file, with <c>@</c> and the input size where that is not its card's.</summary>
    public required string Backbone { get; init; }

    /// <summary>Gets the number of images.</summary>
    public required int Images { get; init; }

    /// <summary>Gets the share of them that a head that had not seen them gave their own label, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Gets the lower end of the 95 % interval of <see cref="Accuracy"/>.</summary>
    public required double AccuracyLow { get; init; }

    /// <summary>Gets the upper end of the 95 % interval of <see cref="Accuracy"/>.</summary>
    public required double AccuracyHigh { get; init; }

    /// <summary>Gets the mean log loss.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Gets the multiplications, each with an addition, that its convolutions take for one image.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Gets the size of its network in bytes.</summary>
    public required long Bytes { get; init; }
}

/// <summary>How an image is fitted to a backbone's input.</summary>
public sealed record BackboneResize
{
    /// <summary>Gets the way that images are fitted: crop (the default), pad or stretch.</summary>
    public ResizeMode Mode { get; init; } = ResizeMode.Crop;

    /// <summary>Gets the share of the fitted image's side that the network sees, from 0.5 to 1 (the default).</summary>
    public double CropFraction { get; init; } = 1;

    /// <summary>Gets the resampling filter; <c>area</c> (the default) is the only one.</summary>
    public string Filter { get; init; } = "area";
}

/// <summary>A backbone's pooled output.</summary>
public sealed record BackboneFeatures
{
    /// <summary>The most sources that features are put together from.</summary>
    public const int MaxSources = 64;

    /// <summary>Gets the name of the pooled output of the last block, float32 [N, W].</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets the number of values per image, 1 to 65,536: the sum of the sources' widths, or the width of <see cref="Tensor"/>.</summary>
    public required int Width { get; init; }

    /// <summary>
    /// Gets the outputs of blocks that the features are put together from, side by side in this order; null where they are
    /// <see cref="Tensor"/> alone.
    /// </summary>
    public IReadOnlyList<BackboneFeatureSource>? Sources { get; init; }

    /// <summary>Whether both say the same, source by source.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(BackboneFeatures? other) => other is not null
        && (Tensor, Width) == (other.Tensor, other.Width)
        && (Sources ?? []).SequenceEqual(other.Sources ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tensor, Width);
}

/// <summary>The output of one block, pooled: a part of a backbone's features.</summary>
public sealed record BackboneFeatureSource
{
    /// <summary>Gets the name of the block's output, float32 [N, Width, h, w].</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets how the positions become one value per channel.</summary>
    /// <value>The default is <see cref="FeaturePooling.Mean"/>.</value>
    public FeaturePooling Pooling { get; init; }

    /// <summary>Gets the number of the block's channels.</summary>
    public required int Width { get; init; }
}

/// <summary>How the positions of a map become one value per channel.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeaturePooling>))]
public enum FeaturePooling
{
    /// <summary>The mean over all positions.</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,

    /// <summary>The largest value.</summary>
    [JsonStringEnumMemberName("max")]
    Max,
}

/// <summary>A backbone's output before pooling.</summary>
public sealed record BackboneFeatureMap
{
    /// <summary>Gets the name of the output tensor, float32 [N, Channels, h, w].</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets the number of channels of the map.</summary>
    public required int Channels { get; init; }
}

/// <summary>A backbone's own classifier, where its weights came with one.</summary>
public sealed record BackboneLogits
{
    /// <summary>Gets the name of the output tensor, float32 [N, Classes]: scores before softmax.</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets the number of classes of the classifier.</summary>
    public required int Classes { get; init; }

    /// <summary>
    /// Gets the number of scores ahead of ImageNet's thousand: 1 where the first is a background class, as in TensorFlow-slim's files, otherwise 0.
    /// </summary>
    public int Background { get; init; }
}

/// <summary>What a backbone computes.</summary>
public sealed record BackboneOutputs
{
    /// <summary>Gets the pooled features.</summary>
    public required BackboneFeatures Features { get; init; }

    /// <summary>Gets the feature map before pooling; null if the backbone offers none.</summary>
    public BackboneFeatureMap? FeatureMap { get; init; }

    /// <summary>Gets the classifier that the weights came with; null if they came without. Features never depend on it.</summary>
    public BackboneLogits? Logits { get; init; }
}
