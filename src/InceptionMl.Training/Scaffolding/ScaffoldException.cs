namespace InceptionMl.Training.Scaffolding;

/// <summary>Projects cannot be written. The message is a sentence for the user: which folder or name, what is wrong, what to do.</summary>
public sealed class ScaffoldException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which folder or name, what is wrong, what to do.</param>
    /// <param name="inner">What caused it, if anything did.</param>
    public ScaffoldException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
