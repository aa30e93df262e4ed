namespace InceptionMl.Networks.Weights;

/// <summary>Weights cannot be read or do not fit: the message names the file or the tensor, what was expected and what was found.</summary>
public sealed class WeightException : NetworkException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence a user can act on.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public WeightException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
