using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace InceptionMl.AspNetCore;

/// <summary>Tells the forms by the request's content type.</summary>
internal static class BodyKinds
{
    public const string MultipartType = "multipart/form-data";
    public const string JsonType = "application/json";
    public const string AnyImageType = "image/*";
    public const string BytesType = "application/octet-stream";

    /// <exception cref="RequestRefusedException">It is none of the three.</exception>
    public static (BodyKind Kind, MediaTypeHeaderValue Type) Parse(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type))
        {
            throw Unsupported(contentType is null ? "The request has no content type" : "The request's content type cannot be read");
        }

        if (type.MediaType.Equals(MultipartType, StringComparison.OrdinalIgnoreCase))
        {
            return (BodyKind.Multipart, type);
        }

        if (type.MediaType.Equals(JsonType, StringComparison.OrdinalIgnoreCase))
        {
            return (BodyKind.Json, type);
        }

        return IsImage(type) ? (BodyKind.Image, type) : throw Unsupported("The request's content type is none that holds images");
    }

    /// <exception cref="RequestRefusedException">The body is compressed.</exception>
    public static void ThrowIfEncoded(StringValues contentEncoding)
    {
        if (contentEncoding.Any(e => !string.IsNullOrEmpty(e) && !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new RequestRefusedException(
                StatusCodes.Status415UnsupportedMediaType, "The request's body is compressed (Content-Encoding): send it as it is, images hardly shrink.");
        }
    }

    /// <summary>Determines whether a type is one of an image's bytes.</summary>
    public static bool IsImage(MediaTypeHeaderValue type) =>
        type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals(BytesType, StringComparison.OrdinalIgnoreCase);

    private static RequestRefusedException Unsupported(string what) => new(
        StatusCodes.Status415UnsupportedMediaType, $"{what}: send {MultipartType}, an image with its content type, or {JsonType}.");
}

/// <summary>The three forms in which images come.</summary>
internal enum BodyKind
{
    /// <summary><c>multipart/form-data</c>.</summary>
    Multipart,

    /// <summary><c>application/json</c>.</summary>
    Json,

    /// <summary>The bytes of one image, <c>image/*</c> or <c>application/octet-stream</c>.</summary>
    Image,
}
