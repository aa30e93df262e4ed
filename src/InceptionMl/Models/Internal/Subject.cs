namespace InceptionMl.Models.Internal;

/// <summary>What a message is about: handed down to the reader that may have to refuse it, so that the message is whole where it is made.</summary>
/// <param name="Name">How a sentence about it begins.</param>
/// <param name="Path">The file, if it is one.</param>
public readonly record struct Subject(string Name, string? Path = null)
{
    /// <summary>Creates the subject of a file, which a message names by its path.</summary>
    /// <param name="path">The file.</param>
    public static Subject FromFile(string path) => new(path, path);

    /// <summary>Creates the subject of a backbone, which a message names by its name.</summary>
    /// <param name="name">The backbone's name.</param>
    public static Subject FromBackbone(string name) => new($"The backbone {name}");

    /// <summary>Creates the exception that refuses a model or a card.</summary>
    /// <param name="problem">What follows the subject's name.</param>
    /// <param name="reason">What a program can tell it by.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ModelFormatException Refuse(string problem, ModelErrorReason reason = ModelErrorReason.NotAModel, Exception? innerException = null) =>
        new($"{Name} {problem}", innerException) { Reason = reason, Path = Path };
}
