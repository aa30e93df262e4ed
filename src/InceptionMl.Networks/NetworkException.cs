namespace InceptionMl.Networks;

/// <summary>The base of the exceptions by which a network, a weight file or an ONNX file is refused. The message says what is wrong, and what to do.</summary>
public abstract class NetworkException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    protected NetworkException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
