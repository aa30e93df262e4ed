namespace InceptionMl.Networks.Graph;

/// <summary>A layer cannot work on what it is given: the message names the layer, the shapes and what would fit.</summary>
public sealed class ShapeException : NetworkException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence a user can act on.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public ShapeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
