namespace InceptionMl.Networks;

/// <summary>
/// The base of the exceptions by which a network, a weight file or an ONNX file is refused. The message is a sentence that says what is
/// wrong and what to do. A program tells them apart by their type and <c>Reason</c>.
/// </summary>
public abstract class NetworkException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what is wrong, and what to do.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    protected NetworkException(string message, Exception? innerException = null)
        : base(message is [.., '.' or '?' or '!'] ? message : message + ".", innerException)
    {
    }
}
