using System.Buffers;

namespace InceptionMl.Scoring;

/// <summary>The label names of a model and the place of each.</summary>
internal sealed class LabelIndex
{
    private const int Suggestions = 3;

    private readonly Dictionary<string, int> places;

    public LabelIndex(IReadOnlyList<string> names)
    {
        Names = names;
        places = names.Select((name, place) => (name, place)).ToDictionary(p => p.name, p => p.place, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The place of a label, or -1.</summary>
    public int Find(string name) => places.GetValueOrDefault(name, -1);

    /// <summary>The place of a label.</summary>
    /// <exception cref="UnknownLabelException">There is no such label; the message names the nearest.</exception>
    public int Require(string name) => Find(name) is >= 0 and int place
        ? place
        : throw new UnknownLabelException($"The model has no label '{name}'; the nearest are {string.Join(", ", Nearest(name).Select(near => $"'{near}'"))}");

    private IEnumerable<string> Nearest(string name) =>
        Names.OrderBy(known => Distance(name.ToUpperInvariant(), known.ToUpperInvariant())).Take(Suggestions);

    // Levenshtein's edit distance, row by row.
    private static int Distance(string from, string to)
    {
        int[] row = ArrayPool<int>.Shared.Rent(to.Length + 1);
        for (int j = 0; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        int distance = row[to.Length];
        ArrayPool<int>.Shared.Return(row);
        return distance;
    }
}
