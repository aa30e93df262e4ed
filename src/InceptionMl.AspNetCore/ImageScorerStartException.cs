namespace InceptionMl.AspNetCore;

/// <summary>A scorer could not start with the application. The message names the scorer and the file.</summary>
public sealed class ImageScorerStartException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that names the scorer and the file.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ImageScorerStartException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="ImageScorerStartReason.Model"/>.</value>
    public ImageScorerStartReason Reason { get; init; }
}

/// <summary>Why a scorer could not start.</summary>
public enum ImageScorerStartReason
{
    /// <summary>The model cannot be opened.</summary>
    Model,

    /// <summary>The folder for corrections cannot be used; see <see cref="ImageScoringOptions.CollectFolder"/>.</summary>
    CollectFolder,
}
