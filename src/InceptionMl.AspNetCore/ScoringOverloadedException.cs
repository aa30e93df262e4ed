namespace InceptionMl.AspNetCore;

/// <summary>An image was not taken, because too many are waiting or the scorer is stopping. Try again in a moment.</summary>
/// <param name="message">The message that describes the error.</param>
/// <param name="innerException">The exception that caused this one, or null.</param>
public sealed class ScoringOverloadedException(string message, Exception? innerException = null) : InceptionMlException(message, innerException);
