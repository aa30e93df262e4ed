using System.Globalization;
using System.Text;

namespace InceptionMl.Internal;

/// <summary>
/// Text in the composed form of Unicode (NFC), so that a name copied from a Mac, where file names are decomposed, is the name it was.
/// <see cref="string.Normalize()"/> does nothing where a program runs without culture data, as this tool does; here the tables are at hand.
/// </summary>
public static class CanonicalText
{
    private const int HangulSyllables = 0xAC00;
    private const int HangulLeads = 0x1100;
    private const int HangulVowels = 0x1161;
    private const int HangulTails = 0x11A7;
    private const int HangulVowelCount = 21;
    private const int HangulTailCount = 28;
    private const int HangulLeadCount = 19;
    private const int HangulSyllableCount = HangulLeadCount * HangulVowelCount * HangulTailCount;

    private static readonly Lazy<CanonicalTable> Table = new(CanonicalTable.Read);

    /// <summary>Gets the composed form; the text itself where it is composed already.</summary>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsLatin1(text))
        {
            return text;
        }

        List<int> points = Sorted(text);
        Join(points);
        string composed = Text(points);
        return composed == text ? text : composed;
    }

    /// <summary>Gets the decomposed form, as Apple's file systems write names.</summary>
    public static string Decompose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return System.Text.Ascii.IsValid(text) ? text : Text(Sorted(text));
    }

    // Nothing below U+0300 follows another character to compose with it.
    private static bool IsLatin1(string text) => text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0;

    private static List<int> Sorted(string text)
    {
        List<int> points = [];
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            Split(isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i], points);
        }

        // Marks of different classes have one order; those of one class keep theirs.
        for (int start = 0; start < points.Count;)
        {
            int end = start;
            while (end < points.Count && Table.Value.ClassOf(points[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] marks = [.. points.GetRange(start, end - start).OrderBy(Table.Value.ClassOf)];
                for (int i = 0; i < marks.Length; i++)
                {
                    points[start + i] = marks[i];
                }
            }

            start = Math.Max(end, start + 1);
        }

        return points;
    }

    private static void Split(int point, List<int> into)
    {
        int syllable = point - HangulSyllables;
        if (syllable is >= 0 and < HangulSyllableCount)
        {
            into.Add(HangulLeads + (syllable / (HangulVowelCount * HangulTailCount)));
            into.Add(HangulVowels + (syllable / HangulTailCount % HangulVowelCount));
            if (syllable % HangulTailCount is > 0 and int tail)
            {
                into.Add(HangulTails + tail);
            }
        }
        else if (Table.Value.PartsOf(point) is { } parts)
        {
            foreach (int part in parts)
            {
                Split(part, into);
            }
        }
        else
        {
            into.Add(point);
        }
    }

    private static void Join(List<int> points)
    {
        int starter = -1;
        int written = 0;
        int lastClass = -1;
        foreach (int point in points.ToArray())
        {
            int own = Table.Value.ClassOf(point);
            bool isFree = starter >= 0 && (lastClass < own || (lastClass == -1 && own == 0));
            if (isFree && Pair(points[starter], point) is { } composed)
            {
                points[starter] = composed;
                continue;
            }

            if (own == 0)
            {
                starter = written;
                lastClass = -1;
            }
            else
            {
                lastClass = own;
            }

            points[written++] = point;
        }

        points.RemoveRange(written, points.Count - written);
    }

    private static int? Pair(int first, int second)
    {
        if (first - HangulLeads is >= 0 and < HangulLeadCount && second - HangulVowels is >= 0 and < HangulVowelCount)
        {
            return HangulSyllables + ((((first - HangulLeads) * HangulVowelCount) + second - HangulVowels) * HangulTailCount);
        }

        return first - HangulSyllables is >= 0 and < HangulSyllableCount && (first - HangulSyllables) % HangulTailCount == 0
            && second - HangulTails is > 0 and < HangulTailCount
            ? first + second - HangulTails
            : Table.Value.Pair(first, second);
    }

    private static string Text(List<int> points)
    {
        StringBuilder text = new(points.Count);
        foreach (int point in points)
        {
            _ = point > char.MaxValue ? text.Append(char.ConvertFromUtf32(point)) : text.Append((char)point);
        }

        return text.ToString();
    }

    /// <summary>What <c>canonical.txt</c> says.</summary>
    private sealed class CanonicalTable
    {
        private readonly Dictionary<int, int[]> parts = [];
        private readonly Dictionary<(int First, int Second), int> pairs = [];
        private readonly Dictionary<int, int> classes = [];

        public static CanonicalTable Read()
        {
            CanonicalTable table = new();
            using Stream stream = typeof(CanonicalText).Assembly.GetManifestResourceStream("InceptionMl.Models.canonical.txt")!;
            using StreamReader lines = new(stream);
            while (lines.ReadLine() is { } line)
            {
                if (!line.StartsWith('#'))
                {
                    table.Add(line);
                }
            }

            return table;
        }

        public int ClassOf(int point) => classes.GetValueOrDefault(point);

        public int[]? PartsOf(int point) => parts.GetValueOrDefault(point);

        public int? Pair(int first, int second) => pairs.TryGetValue((first, second), out int composed) ? composed : null;

        private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        private void Add(string line)
        {
            int mark = line.AsSpan().IndexOfAny("=>-");
            int point = Hex(line.AsSpan(0, mark));
            if (line[mark] == '-')
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                int last = Hex(line.AsSpan(mark + 1, colon - mark - 1));
                int own = int.Parse(line.AsSpan(colon + 1), CultureInfo.InvariantCulture);
                for (int each = point; each <= last; each++)
                {
                    classes[each] = own;
                }

                return;
            }

            int[] into = [.. line[(mark + 1)..].Split(' ').Select(part => Hex(part))];
            parts[point] = into;
            if (line[mark] == '=')
            {
                pairs[(into[0], into[1])] = point;
            }
        }
    }
}
