namespace InceptionMl.AspNetCore;

/// <summary>An image was not taken, because too many are waiting or the scorer is stopping. Try again in a moment.</summary>
public sealed class ScoringOverloadedException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that says which of the two.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ScoringOverloadedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="ScoringOverloadedReason.QueueFull"/>.</value>
    public ScoringOverloadedReason Reason { get; init; }
}

/// <summary>Why an image was not taken.</summary>
public enum ScoringOverloadedReason
{
    /// <summary>Too many images are waiting: a later try helps.</summary>
    QueueFull,

    /// <summary>The scorer is not ready or is stopping: another instance helps.</summary>
    Stopping,
}
