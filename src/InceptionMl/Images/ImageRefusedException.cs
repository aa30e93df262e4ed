using System.Text.Json.Serialization;
using InceptionMl.Internal;

namespace InceptionMl.Images;

/// <summary>An image was not prepared. The message names the image and says what is wrong and what to do.</summary>
public sealed class ImageRefusedException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="description">What is wrong and what to do, as it follows the image's name: "is empty (0 bytes): copy it again".</param>
    /// <param name="name">What the message calls the image; null for "The image".</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ImageRefusedException(string description, string? name = null, Exception? innerException = null)
        : base($"{name ?? "The image"} {description}", innerException) => Description = description;

    internal ImageRefusedException(string description, Subject? image, Exception? innerException = null)
        : this(description, image?.Name, innerException) => Path = image?.Path;

    /// <summary>Gets why the image was refused.</summary>
    /// <value>The default is <see cref="ImageRefusal.NotAnImage"/>.</value>
    public ImageRefusal Reason { get; init; }

    /// <summary>Gets what is wrong and what to do without the image's name, for results that have the name beside it.</summary>
    public string Description { get; }
}

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
