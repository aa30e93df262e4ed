using System.Text.Json.Serialization;

namespace InceptionMl.Images;

/// <summary>How an image of another shape is brought to the prepared size.</summary>
public enum ResizeMode
{
    /// <summary>Scaled until it covers the prepared size, the rest cut away evenly on both sides (ML.NET's IsoCrop, center anchor).</summary>
    [JsonStringEnumMemberName("crop")]
    Crop,

    /// <summary>Scaled until it fits inside the prepared size, centered on black (ML.NET's IsoPad).</summary>
    [JsonStringEnumMemberName("pad")]
    Pad,

    /// <summary>Width and height scaled each on its own; shapes are distorted.</summary>
    [JsonStringEnumMemberName("stretch")]
    Stretch,
}
