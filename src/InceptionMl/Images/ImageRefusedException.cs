namespace InceptionMl.Images;

/// <summary>An image was not prepared. The message names the image and says what is wrong and what to do.</summary>
public sealed class ImageRefusedException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="description">What is wrong and what to do, as it follows the image's name: "is empty (0 bytes): copy it again".</param>
    /// <param name="name">What the message calls the image; null for "The image".</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ImageRefusedException(string description, string? name = null, Exception? innerException = null)
        : base($"{name ?? "The image"} {description}", innerException) => Description = description;

    /// <summary>Gets why the image was refused.</summary>
    /// <value>The default is <see cref="ImageRefusal.NotAnImage"/>.</value>
    public ImageRefusal Reason { get; init; }

    /// <summary>Gets what is wrong and what to do without the image's name, for results that have the name beside it.</summary>
    public string Description { get; }
}
