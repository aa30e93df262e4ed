using System.Text.Json.Serialization;

namespace InceptionMl.Models;

/// <summary>The augmentation of a model's training images.</summary>
public sealed record ModelAugmentation
{
    /// <summary>Gets the kind of augmentation: <c>none</c>, <c>flip</c> or <c>light</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the number of copies of each training image, the image as it is among them.</summary>
    [JsonPropertyName("viewsPerImage")]
    public required int CopiesPerImage { get; init; }
}
