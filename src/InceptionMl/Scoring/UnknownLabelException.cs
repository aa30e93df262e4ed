namespace InceptionMl.Scoring;

/// <summary>A model was asked about a label it does not know; the message names those that are spelled most alike.</summary>
public sealed class UnknownLabelException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence.</param>
    public UnknownLabelException(string message)
        : base(message)
    {
    }
}
