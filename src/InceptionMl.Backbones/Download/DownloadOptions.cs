using System.ComponentModel.DataAnnotations;

namespace InceptionMl.Backbones.Download;

/// <summary>The limits of a download.</summary>
public sealed class DownloadOptions
{
    /// <summary>Gets or sets the maximum number of tries after the first that bring nothing new. A try that brings a megabyte more than any before it resets the count.</summary>
    /// <value>The default is 5.</value>
    [Range(0, int.MaxValue)]
    public int MaxRetries { get; set; } = 5;

    /// <summary>Gets or sets the wait before the second try; each later one doubles it.</summary>
    /// <value>The default is 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the longest wait; a server that asks for a longer one ends the download.</summary>
    /// <value>The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long a server may take to send 4,096 bytes before the try counts as failed.</summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the whole download may take, retries included.</summary>
    /// <value>The default is no limit.</value>
    public TimeSpan TotalTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Gets or sets the maximum number of redirections in one try.</summary>
    /// <value>The default is 10.</value>
    [Range(0, int.MaxValue)]
    public int MaxRedirects { get; set; } = 10;

    /// <summary>Gets or sets the largest file taken where its size is not published.</summary>
    /// <value>The default is 1 GiB.</value>
    [Range(1L, long.MaxValue)]
    public long MaxBytes { get; set; } = 1L << 30;

    internal DownloadOptions Copy() => (DownloadOptions)MemberwiseClone();
}
