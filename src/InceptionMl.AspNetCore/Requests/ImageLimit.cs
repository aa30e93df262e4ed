namespace InceptionMl.AspNetCore.Requests;

/// <summary>The sentences about limits of images and their number.</summary>
internal static class ImageLimit
{
    public static string TooManyBytes(int maxBytes) =>
        FormattableString.Invariant($"has more than {maxBytes:N0} bytes: make it smaller");

    public static RequestRefusedException TooMany(int maxImages) => RequestRefusedException.TooLarge(FormattableString.Invariant(
        $"The request has more than {maxImages:N0} images: send several requests."));
}
