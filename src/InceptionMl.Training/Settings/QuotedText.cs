namespace InceptionMl.Training;

/// <summary>What a file says, fit to stand in a message: one line, not too long.</summary>
internal static class QuotedText
{
    private const int Longest = 80;

    public static string Quote(string text) => $"\"{Shorten(text)}\"";

    public static string Shorten(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '\uFFFD' : c));
        return line.Length <= Longest ? line : line[..(char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest)] + "…";
    }
}
