namespace InceptionMl.Models;

/// <summary>A model, a card or a file inside a model is not what it should be.</summary>
public sealed class ModelFormatException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that names the file and says what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ModelFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="ModelErrorReason.NotAModel"/>.</value>
    public ModelErrorReason Reason { get; init; }
}

/// <summary>Why a model or a card cannot be read or written.</summary>
public enum ModelErrorReason
{
    /// <summary>The file is no model or card of the kind that was asked for: another file helps.</summary>
    NotAModel,

    /// <summary>The file is damaged or incomplete: a whole copy helps.</summary>
    Damaged,

    /// <summary>A newer version of InceptionMl wrote the file: an update helps.</summary>
    NewerFormat,

    /// <summary>The network inside cannot be run.</summary>
    NetworkFailed,

    /// <summary>The model cannot be written where it should be: another place helps.</summary>
    CannotWrite,
}
