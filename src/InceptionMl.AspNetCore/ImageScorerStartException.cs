namespace InceptionMl.AspNetCore;

/// <summary>A scorer's model could not be opened when the application started. The message is one sentence that names scorer and file.</summary>
/// <param name="message">The message: what is wrong, and what to do.</param>
/// <param name="innerException">The exception that caused this one, or null.</param>
public sealed class ImageScorerStartException(string message, Exception innerException) : InceptionMlException(message, innerException);
