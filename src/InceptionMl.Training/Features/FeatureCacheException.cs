namespace InceptionMl.Training.Features;

/// <summary>The feature cache cannot be used; the message names its file and says what to do.</summary>
public sealed class FeatureCacheException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One whole sentence.</param>
    /// <param name="innerException">What SQLite said.</param>
    public FeatureCacheException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
