namespace InceptionMl.AspNetCore;

/// <summary>A scorer's model could not be opened when the application started. The message is one sentence that names scorer and file.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="innerException">What caused it.</param>
public sealed class ImageScorerStartException(string message, Exception innerException) : InceptionMlException(message, innerException);
