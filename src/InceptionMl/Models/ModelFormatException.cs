namespace InceptionMl.Models;

/// <summary>A model, a card or a file inside a model is not what it should be.</summary>
public sealed class ModelFormatException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do, as a fragment that follows the file's name.</param>
    /// <param name="innerException">What a parser said, if it was one.</param>
    public ModelFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
