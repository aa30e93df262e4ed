namespace InceptionMl.Networks.Graph;

/// <summary>A layer cannot work on what it is given: the message names the layer, the shapes and what would fit.</summary>
public sealed class ShapeException : NetworkException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence a user can act on.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ShapeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="ShapeErrorReason.Mismatch"/>.</value>
    public ShapeErrorReason Reason { get; init; }
}

/// <summary>Why a layer cannot work on what it is given.</summary>
public enum ShapeErrorReason
{
    /// <summary>The layer takes other shapes, or another number of inputs.</summary>
    Mismatch,

    /// <summary>The image is smaller than the network needs.</summary>
    ImageTooSmall,
}
