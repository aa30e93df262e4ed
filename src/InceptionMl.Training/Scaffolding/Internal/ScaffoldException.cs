namespace InceptionMl.Training.Scaffolding.Internal;

/// <summary>Projects cannot be written.</summary>
public sealed class ScaffoldException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that names the folder or the name and says what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ScaffoldException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="ScaffoldErrorReason.InvalidName"/>.</value>
    public ScaffoldErrorReason Reason { get; init; }
}

/// <summary>Why projects cannot be written.</summary>
public enum ScaffoldErrorReason
{
    /// <summary>The name is no C# identifier that can be used.</summary>
    InvalidName,

    /// <summary>The folder holds files already, which are replaced only on request.</summary>
    FolderNotEmpty,

    /// <summary>A file stands where a folder goes, or a folder where a file goes.</summary>
    NotAFolder,
}
