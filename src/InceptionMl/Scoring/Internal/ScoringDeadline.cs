using System.Globalization;
using InceptionMl.Internal;

namespace InceptionMl.Scoring.Internal;

/// <summary>The time one image may take, asked between its steps.</summary>
public readonly struct ScoringDeadline
{
    private readonly TimeProvider? time;
    private readonly TimeSpan limit;
    private readonly long start;

    private ScoringDeadline(TimeProvider time, TimeSpan limit)
    {
        this.time = time;
        this.limit = limit;
        start = time.GetTimestamp();
    }

    /// <summary>Gets a deadline that never passes.</summary>
    public static ScoringDeadline None => default;

    /// <summary>Starts the clock; a null limit never passes.</summary>
    public static ScoringDeadline Start(TimeProvider time, TimeSpan? limit) => limit is { } allowed ? new ScoringDeadline(time, allowed) : None;

    /// <summary>What is said of an image that came too late, after its name.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"was not scored within its deadline of {limit.TotalSeconds} s: try again when there is less to do, or raise the deadline");

    /// <exception cref="TimeoutException">The time is over.</exception>
    /// <param name="image">What the message is about; null for "The image".</param>
    public void ThrowIfPassed(Subject? image)
    {
        if (time?.GetElapsedTime(start) >= limit)
        {
            throw new TimeoutException($"{image?.Name ?? "The image"} {Description}.");
        }
    }
}
