namespace InceptionMl.Networks.Weights;

/// <summary>Weights cannot be read or do not fit: the message names the file or the tensor, what was expected and what was found.</summary>
public sealed class WeightException : NetworkException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence a user can act on.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public WeightException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="WeightErrorReason.Unreadable"/>.</value>
    public WeightErrorReason Reason { get; init; }
}

/// <summary>Why weights cannot be used.</summary>
public enum WeightErrorReason
{
    /// <summary>The file is damaged, cut short, or not of a form that is read here.</summary>
    Unreadable,

    /// <summary>The weights are whole, and are not those of the network they are given to.</summary>
    OtherNetwork,
}
