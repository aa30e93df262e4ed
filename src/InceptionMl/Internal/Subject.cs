namespace InceptionMl.Internal;

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
}
