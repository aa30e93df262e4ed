namespace InceptionMl.Backbones.Classification;

/// <summary>What may stand as a class's name in a file of names.</summary>
internal static class ClassNaming
{
    private const int LongestName = 200;
    private const int WordNetIdLength = 9;

    /// <summary>Why this can be no name, as a fragment; null if it can.</summary>
    public static string? Problem(string name) =>
        string.IsNullOrWhiteSpace(name) ? "an empty name"
        : name.Length > LongestName ? FormattableString.Invariant($"a name of {name.Length:N0} characters, more than {LongestName}")
        : name.Any(char.IsControl) ? "a control character in a name"
        : null;

    /// <summary>An <c>n</c> and eight digits.</summary>
    public static bool IsWordNetId(ReadOnlySpan<char> text) =>
        text.Length == WordNetIdLength && text[0] == 'n' && !text[1..].ContainsAnyExceptInRange('0', '9');
}
