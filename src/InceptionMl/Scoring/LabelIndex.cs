using InceptionMl.Internal;

namespace InceptionMl.Scoring;

/// <summary>The label names of a model and the place of each.</summary>
internal sealed class LabelIndex
{
    private const int Suggestions = 3;

    private readonly Dictionary<string, int> places;
    private readonly Dictionary<string, int> composed = new(StringComparer.Ordinal);

    public LabelIndex(IReadOnlyList<string> names)
    {
        Names = names;
        places = names.Select((name, place) => (name, place)).ToDictionary(p => p.name, p => p.place, StringComparer.Ordinal);
        foreach ((string name, int place) in places)
        {
            // A model of an earlier version may have a label both ways.
            composed.TryAdd(CanonicalText.Compose(name), place);
        }
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the place of a label, composed or decomposed, or -1.</summary>
    public int Find(string name) => places.TryGetValue(name, out int place) ? place : composed.GetValueOrDefault(CanonicalText.Compose(name), -1);

    /// <summary>Gets the place of a label.</summary>
    /// <exception cref="UnknownLabelException">There is no such label; the message names the nearest.</exception>
    public int Require(string name) => Find(name) is >= 0 and int place
        ? place
        : throw new UnknownLabelException($"The model has no label '{name}'; the nearest are {string.Join(", ", NearestName.Order(name, Names).Take(Suggestions).Select(near => $"'{near}'"))}")
        {
            Reason = Names.Contains(name, StringComparer.OrdinalIgnoreCase) ? UnknownLabelReason.OtherCase : UnknownLabelReason.NotAClass,
        };
}
