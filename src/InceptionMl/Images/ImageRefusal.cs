using System.Text.Json.Serialization;

namespace InceptionMl.Images;

/// <summary>Why an image was refused. In JSON it is a word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageRefusal>))]
public enum ImageRefusal
{
    /// <summary>The bytes are no image: text, a PDF, an archive, or nothing known.</summary>
    [JsonStringEnumMemberName("notAnImage")]
    NotAnImage,

    /// <summary>An image, of a format or kind that is not decoded here.</summary>
    [JsonStringEnumMemberName("unsupportedFormat")]
    UnsupportedFormat,

    /// <summary>More pixels or bytes than <see cref="ImageLimits"/> allow.</summary>
    [JsonStringEnumMemberName("tooLarge")]
    TooLarge,

    /// <summary>The file ends before its image does.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,

    /// <summary>The header or the image data cannot be decoded.</summary>
    [JsonStringEnumMemberName("damaged")]
    Damaged,

    /// <summary>There are no bytes at all.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,

    /// <summary>The file is missing, is no file, or may not be read.</summary>
    [JsonStringEnumMemberName("unreadable")]
    Unreadable,
}
