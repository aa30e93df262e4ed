using InceptionMl.Images;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace InceptionMl.AspNetCore;

/// <summary>
/// Images as parts of <c>multipart/form-data</c> (RFC 7578), read part by part into memory. A part is an image where it has a file
/// name or an image's content type; others are passed over.
/// </summary>
internal static class MultipartImages
{
    // RFC 2046, 5.1.1.
    private const int LongestBoundary = 70;

    /// <exception cref="RequestRefusedException">The body is malformed, or has too many images or none.</exception>
    public static async Task ReadAsync(
        Stream body, MediaTypeHeaderValue type, ImageBatch batch, ImageScoringOptions options, CancellationToken cancellationToken)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > LongestBoundary)
        {
            throw RequestRefusedException.Malformed("The content type names no boundary of 1 to 70 characters between the parts.");
        }

        try
        {
            MultipartReader reader = new(boundary, body);
            while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
            {
                if (NameOf(section, batch.Count) is { } name)
                {
                    await AddAsync(name, section, batch, options, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw RequestRefusedException.Malformed("The multipart body is malformed or ends before its last boundary: send it whole.");
        }

        if (batch.Count == 0)
        {
            throw RequestRefusedException.Malformed("The multipart body has no file part: send at least one image.");
        }
    }

    private static async Task AddAsync(
        string name, MultipartSection section, ImageBatch batch, ImageScoringOptions options, CancellationToken cancellationToken)
    {
        ImageLimit.ThrowIfFull(batch, options);

        EncodedImage? image = await EncodedImage.ReadAsync(section.Body, batch, options.MaxImageBytes, cancellationToken).ConfigureAwait(false);
        if (image is null)
        {
            batch.AddRefused(name, ImageLimit.TooManyBytes(options.MaxImageBytes), ImageRefusal.TooLarge);
        }
        else
        {
            batch.Add(name, image);
        }
    }

    /// <summary>The name to answer with; null if the part is no image.</summary>
    private static string? NameOf(MultipartSection section, int index)
    {
        bool isImage = MediaTypeHeaderValue.TryParse(section.ContentType, out MediaTypeHeaderValue? type) && BodyKinds.IsImage(type);
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
        {
            return isImage ? Unnamed(index) : null;
        }

        bool isFile = disposition.FileName.HasValue || disposition.FileNameStar.HasValue;
        if (!isFile && !isImage)
        {
            return null;
        }

        string given = disposition.FileNameStar.HasValue
            ? disposition.FileNameStar.ToString()
            : HeaderUtilities.RemoveQuotes(isFile ? disposition.FileName : disposition.Name).ToString();
        return given.Length > 0 ? given : Unnamed(index);
    }

    private static string Unnamed(int index) => FormattableString.Invariant($"image {index + 1}");
}
