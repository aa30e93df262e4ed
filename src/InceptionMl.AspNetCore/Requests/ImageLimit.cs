using InceptionMl.AspNetCore.Queue;

namespace InceptionMl.AspNetCore.Requests;

/// <summary>The sentences about limits of images and their number.</summary>
internal static class ImageLimit
{
    public static string TooManyBytes(int maxBytes) =>
        FormattableString.Invariant($"has more than {maxBytes:N0} bytes: make it smaller");

    /// <exception cref="RequestRefusedException">The request has as many images as it may.</exception>
    public static void ThrowIfFull(ImageBatch batch, ImageScoringOptions options)
    {
        if (batch.IsFull)
        {
            throw batch.Count == options.MaxImages ? TooMany(options.MaxImages) : TooManyExplained(options.MostExplained);
        }
    }

    private static RequestRefusedException TooManyExplained(int most) => RequestRefusedException.Malformed(FormattableString.Invariant(
        $"The request asks to explain more than {most:N0} images: send several requests, or ask without 'explain'."));

    private static RequestRefusedException TooMany(int maxImages) => RequestRefusedException.TooLarge(FormattableString.Invariant(
        $"The request has more than {maxImages:N0} images: send several requests."));
}
