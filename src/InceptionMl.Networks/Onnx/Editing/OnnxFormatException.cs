namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>An ONNX file cannot be used as asked; the message says what was expected and what was found.</summary>
public sealed class OnnxFormatException : NetworkException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence a user can act on.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public OnnxFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="OnnxErrorReason.Unusable"/>.</value>
    public OnnxErrorReason Reason { get; init; }
}

/// <summary>Why an ONNX file cannot be used.</summary>
public enum OnnxErrorReason
{
    /// <summary>The file is no ONNX model, or no network of the kind that was asked for.</summary>
    Unusable,

    /// <summary>Nothing tells which tensor holds the features: naming it helps.</summary>
    NoFeatures,
}
