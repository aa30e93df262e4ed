namespace InceptionMl.AspNetCore;

/// <summary>A request whose body is one image.</summary>
internal static class RawImage
{
    /// <summary>The name of an image that came without one.</summary>
    public const string Name = "image";

    public static async Task ReadAsync(Stream body, ImageBatch batch, ImageScoringOptions options, CancellationToken cancellationToken)
    {
        EncodedImage image = await EncodedImage.ReadAsync(body, batch, options.MaxImageBytes, cancellationToken).ConfigureAwait(false)
            ?? throw RequestBody.TooLong(options.MaxImageBytes);
        batch.Add(Name, image);
    }
}
