using System.Text.Json.Serialization;

namespace InceptionMl.Training.Augmentation;

/// <summary>Specifies the augmented copies of a training image that are trained on.</summary>
public enum AugmentationKind
{
    /// <summary>None: each image as it is.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The mirror image. Not where left and right tell classes apart, as with arrows and letters.</summary>
    [JsonStringEnumMemberName("flip")]
    Flip,

    /// <summary>
    /// Several, each a crop of 80 to 100 % of the area with a little stretch, contrast and brightness changed by up to 15 %, every
    /// other one mirrored. Not where left and right tell classes apart either.
    /// </summary>
    [JsonStringEnumMemberName("light")]
    Light,

    /// <summary>Several, each with less detail, as if it came from a smaller or blurred picture; for images that are scored in another quality than was trained on.</summary>
    [JsonStringEnumMemberName("quality")]
    Quality,
}
