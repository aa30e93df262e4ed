namespace InceptionMl.AspNetCore;

/// <summary>How long one request is worked on: until whoever asked has gone, its time is over by the scorer's clock, or the scorer gives up.</summary>
internal sealed class RequestLimit : IDisposable
{
    private readonly CancellationTokenSource timeout;
    private readonly CancellationTokenSource any;

    /// <param name="time">The clock.</param>
    /// <param name="limit">How long the request may take.</param>
    /// <param name="requestAborted">Canceled when whoever asked has gone.</param>
    /// <param name="abandoned">Canceled when the scorer gives up what it accepted.</param>
    public RequestLimit(TimeProvider time, TimeSpan limit, CancellationToken requestAborted, CancellationToken abandoned)
    {
        timeout = new CancellationTokenSource(limit, time);
        any = CancellationTokenSource.CreateLinkedTokenSource(requestAborted, abandoned, timeout.Token);
    }

    /// <summary>Gets a token that is canceled when the answer is no longer needed.</summary>
    public CancellationToken Token => any.Token;

    /// <summary>Ends the work on it.</summary>
    public Task CancelAsync() => any.CancelAsync();

    public void Dispose()
    {
        any.Dispose();
        timeout.Dispose();
    }
}

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
