namespace InceptionMl.Training.Pipelines;

/// <summary>A pipeline file cannot be used; the message is one sentence that begins with the file, the line and the column.</summary>
public sealed class PipelineException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One whole sentence.</param>
    /// <param name="innerException">What caused it.</param>
    public PipelineException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
