namespace InceptionMl.Backbones;

/// <summary>Which outputs of a network are the features of an image.</summary>
public sealed record FeatureSelection
{
    private const string LastWord = "last";
    private const string DepthsWord = "depths";

    private FeatureSelection(string word, IReadOnlyList<string> tensors)
    {
        Word = word;
        Tensors = tensors;
    }

    /// <summary>Gets the selection of the last block alone.</summary>
    public static FeatureSelection Last { get; } = new(LastWord, []);

    /// <summary>
    /// Gets the selection of the blocks that the backbone's card names, or else of up to four blocks that are found in its graph; the
    /// last block alone where none is found.
    /// </summary>
    public static FeatureSelection Depths { get; } = new(DepthsWord, []);

    /// <summary>Gets the names of the tensors, in order; empty for <see cref="Last"/> and <see cref="Depths"/>.</summary>
    public IReadOnlyList<string> Tensors { get; }

    private string Word { get; }

    /// <summary>Parses a selection.</summary>
    /// <param name="text"><c>last</c>, <c>depths</c>, or names of tensors with commas between them, of which the means over all positions are taken.</param>
    /// <exception cref="FormatException">A name is empty.</exception>
    public static FeatureSelection Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] tensors = text.Split(',', StringSplitOptions.TrimEntries);
        return text switch
        {
            LastWord => Last,
            DepthsWord => Depths,
            _ when Array.TrueForAll(tensors, tensor => tensor.Length > 0) => new FeatureSelection(string.Join(',', tensors), tensors),
            _ => throw new FormatException($"The features '{text}' are neither last nor depths nor names of tensors with commas between them."),
        };
    }

    /// <summary>Determines whether both select the same.</summary>
    /// <param name="other">The other selection.</param>
    public bool Equals(FeatureSelection? other) => Word == other?.Word;

    /// <inheritdoc/>
    public override int GetHashCode() => Word.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns what <see cref="Parse"/> takes.</summary>
    public override string ToString() => Word;
}
