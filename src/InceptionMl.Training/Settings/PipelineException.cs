namespace InceptionMl.Training;

/// <summary>A pipeline file cannot be used; the message is one sentence that begins with the file, the line and the column.</summary>
public sealed class PipelineException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that begins with the file, the line and the column.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public PipelineException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="PipelineErrorReason.Invalid"/>.</value>
    public PipelineErrorReason Reason { get; init; }

    /// <summary>Gets the setting that is wrong where code made the settings, by its names in a pipeline file, such as <c>split/folds</c>.</summary>
    /// <value>The default is null: the message says what is wrong where.</value>
    public string? Setting { get; init; }
}

/// <summary>Why a pipeline file cannot be used.</summary>
public enum PipelineErrorReason
{
    /// <summary>A value is not what the key takes, or is in conflict with another one.</summary>
    Invalid,

    /// <summary>The file is missing, or cannot be read or written.</summary>
    Unreadable,
}
