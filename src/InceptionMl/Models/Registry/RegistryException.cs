namespace InceptionMl.Models.Registry;

/// <summary>A registry of models cannot be read or changed; the message names the file and says what to do.</summary>
public sealed class RegistryException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence for the user, file included.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public RegistryException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
