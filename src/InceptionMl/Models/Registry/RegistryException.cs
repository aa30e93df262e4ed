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

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="RegistryErrorReason.Unusable"/>.</value>
    public RegistryErrorReason Reason { get; init; }
}

/// <summary>Why a registry cannot be read or changed.</summary>
public enum RegistryErrorReason
{
    /// <summary>A file of the registry is damaged, missing, or cannot be read or written.</summary>
    Unusable,

    /// <summary>The folder is no registry, or has no such version.</summary>
    NotFound,

    /// <summary>Another process is changing the registry: a later try helps.</summary>
    Busy,

    /// <summary>The registry has no promoted version: promoting one helps.</summary>
    NotPromoted,
}
