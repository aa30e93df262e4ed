namespace InceptionMl.Images;

/// <summary>
/// An image was not prepared. The message is the rest of a sentence that starts with the image's name, "is a TIFF file, which
/// cannot be read: convert it to PNG or JPEG", so that callers write <c>path: message</c>.
/// </summary>
public sealed class ImageRefusedException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why the image was refused.</param>
    /// <param name="message">The rest of the sentence: what is wrong and what to do; no file name.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public ImageRefusedException(ImageRefusal reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Gets why the image was refused.</summary>
    public ImageRefusal Reason { get; }
}
