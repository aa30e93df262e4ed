namespace InceptionMl.AspNetCore;

/// <summary>An image was not taken, because too many are waiting or the scorer is stopping. Try again in a moment.</summary>
/// <param name="message">Which of the two.</param>
/// <param name="innerException">What caused it.</param>
public sealed class ScoringOverloadedException(string message, Exception? innerException = null) : InceptionMlException(message, innerException);
