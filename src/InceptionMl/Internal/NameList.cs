namespace InceptionMl.Internal;

/// <summary>Names in a sentence: the first few in full, the others as a number.</summary>
public sealed class NameList
{
    private const int Shown = 5;

    private readonly List<string> first = [];

    public int Count { get; private set; }

    public static string Join(IEnumerable<string> names)
    {
        NameList listing = new();
        foreach (string name in names)
        {
            listing.Add(name);
        }

        return listing.ToString();
    }

    public void Add(string name)
    {
        if (Count++ < Shown)
        {
            first.Add(name);
        }
    }

    /// <summary>Gets the first of some texts that need no quotes, the others as a number.</summary>
    public static string Join(IReadOnlyList<string> texts, int most) =>
        string.Join(", ", texts.Take(most)) + (texts.Count > most ? FormattableString.Invariant($" and {texts.Count - most} more") : "");

    public override string ToString()
    {
        string names = string.Join(", ", first.Select(name => $"'{name}'"));
        return Count > first.Count ? $"{names} and {Count - first.Count} more" : names;
    }
}
