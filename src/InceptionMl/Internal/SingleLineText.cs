namespace InceptionMl.Internal;

/// <summary>Text out of a file that anybody may have written, made fit for a sentence: one line, no control characters, not too long.</summary>
public static class SingleLineText
{
    public static string Clean(string text, int longest)
    {
        string line = new([.. text.Take(longest).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' || char.IsSurrogate(c) ? ' ' : c)]);
        return text.Length > longest ? line.Trim() + "..." : line.Trim();
    }
}
