namespace InceptionMl.Scoring;

/// <summary>A model was asked about a label it does not know; the message names those that are spelled most alike.</summary>
public sealed class UnknownLabelException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that names the label.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public UnknownLabelException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="UnknownLabelReason.NotAClass"/>.</value>
    public UnknownLabelReason Reason { get; init; }
}

/// <summary>Why a label is not known.</summary>
public enum UnknownLabelReason
{
    /// <summary>No class of the model has this name.</summary>
    NotAClass,

    /// <summary>A class of the model has this name in other upper and lower case letters.</summary>
    OtherCase,
}
