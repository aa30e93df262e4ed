namespace InceptionMl;

/// <summary>A dataset cannot be used as it is. The message is a sentence for the user: which path, what is wrong, what to do.</summary>
public sealed class DatasetException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The path, what is wrong, and what to do.</param>
    /// <param name="inner">The exception that caused this one, or null.</param>
    public DatasetException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Gets what a caller may add to the message.</summary>
    /// <value>The default is <see cref="DatasetProblem.Other"/>: nothing.</value>
    public DatasetProblem Problem { get; init; }
}
