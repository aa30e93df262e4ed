namespace InceptionMl.Backbones.Download;

/// <summary>The limits of a download.</summary>
public sealed record DownloadOptions
{
    /// <summary>Gets the maximum number of tries after the first that bring nothing new. A try that brings a megabyte more than any before it resets the count.</summary>
    /// <value>The default is 5.</value>
    public int MaxRetries { get; init; } = 5;

    /// <summary>Gets the wait before the second try; each later one doubles it.</summary>
    /// <value>The default is 1 s.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the longest wait; a server that asks for a longer one ends the download.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how long a server may take to send 4,096 bytes before the try counts as failed.</summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long the whole download may take, retries included.</summary>
    /// <value>The default is no limit.</value>
    public TimeSpan TotalTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Gets the maximum number of redirections in one try.</summary>
    /// <value>The default is 10.</value>
    public int MaxRedirects { get; init; } = 10;

    /// <summary>Gets the largest file taken where its size is not published.</summary>
    /// <value>The default is 1 GiB.</value>
    public long MaxBytes { get; init; } = 1L << 30;
}
