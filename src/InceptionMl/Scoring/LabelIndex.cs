namespace InceptionMl.Scoring;

/// <summary>The label names of a model and the place of each.</summary>
internal sealed class LabelIndex
{
    private readonly Dictionary<string, int> places;

    public LabelIndex(IReadOnlyList<string> names)
    {
        Names = names;
        places = names.Select((name, place) => (name, place)).ToDictionary(p => p.name, p => p.place, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The place of a label, or -1.</summary>
    public int Find(string name) => places.GetValueOrDefault(name, -1);
}
