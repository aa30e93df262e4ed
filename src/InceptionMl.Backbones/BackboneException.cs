namespace InceptionMl.Backbones;

/// <summary>A backbone cannot be used; the message is one sentence that names it and says what to do.</summary>
public sealed class BackboneException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One whole sentence.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public BackboneException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a caller may add to the message.</summary>
    /// <value>The default is <see cref="BackboneProblem.Other"/>: nothing.</value>
    public BackboneProblem Problem { get; init; }
}
