namespace InceptionMl;

/// <summary>
/// The base of the exceptions by which InceptionMl refuses a file, a folder or a setting. The message is for the person who gave it: a
/// sentence that says what is wrong and what to do. A program tells them apart by their type and <c>Reason</c>.
/// </summary>
public abstract class InceptionMlException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what is wrong, and what to do.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    protected InceptionMlException(string message, Exception? innerException = null)
        : base(message is [.., '.' or '?' or '!'] ? message : message + ".", innerException)
    {
    }

    /// <summary>Gets the file or folder at fault.</summary>
    /// <value>The default is null: none is at fault, or it is not known.</value>
    public string? Path { get; init; }
}
