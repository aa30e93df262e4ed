namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>An ONNX file cannot be used as asked; the message says what was expected and what was found.</summary>
public sealed class OnnxFormatException : NetworkException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence without the file's name, which the caller knows.</param>
    /// <param name="innerException">What the parser said, if it was the parser.</param>
    public OnnxFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
