using System.Text;
using InceptionMl.Internal;
using Spectre.Console;

namespace InceptionMl.Cli;

/// <summary>
/// A table for people that fits its terminal: cells are never broken. Where it is too wide the columns that matter least are left out, then
/// names are cut.
/// </summary>
/// <param name="columns">The columns; the first names the row.</param>
internal sealed class TerminalTable(params TerminalColumn[] columns)
{
    private const int LongestName = 40;
    private const int ShortestName = 12;
    private const int Gap = 2;
    private const char Ellipsis = '…';

    private readonly List<(string[] Cells, Tone Tone)> rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => Add(Tone.Plain, cells);

    /// <summary>Adds a row that is colored.</summary>
    public void Add(Tone tone, params string[] cells) =>
        rows.Add(([.. cells.Select((cell, column) => Cut(Printable.Escape(cell), columns[column].Longest ?? LongestName))], tone));

    /// <summary>Writes the table, an empty line before and after it.</summary>
    public void Write(IAnsiConsole console)
    {
        int[] shown = [.. Enumerable.Range(0, columns.Length)];
        int[] widths = [.. shown.Select(Widest)];
        int room = console.Profile.Width - 1;
        while (Total(shown, widths) > room && shown.Where(column => columns[column].Rank > 0).ToArray() is { Length: > 0 } droppable)
        {
            int least = droppable.MaxBy(column => (columns[column].Rank, column));
            shown = [.. shown.Where(column => column != least)];
        }

        while (Total(shown, widths) > room && shown.Where(column => !columns[column].IsNumber && widths[column] > ShortestName).ToArray() is { Length: > 0 } names)
        {
            widths[names.MaxBy(column => widths[column])]--;
        }

        console.WriteLine();
        Line(console, [.. columns.Select(column => column.Title)], Tone.Plain, shown, widths);
        console.Write(new Text(" " + new string('─', Total(shown, widths) - 1) + "\n"));
        foreach ((string[] cells, Tone tone) in rows)
        {
            Line(console, cells, tone, shown, widths);
        }

        console.WriteLine();
    }

    /// <summary>A name as tables show it: no longer than 40 columns.</summary>
    public static string Short(string name, int longest = LongestName) => Cut(name, longest);

    private static int Total(int[] shown, int[] widths) => 1 + shown.Sum(column => widths[column] + Gap) - Gap;

    /// <summary>Gets the end of a path, where its beginning does not fit.</summary>
    public static string Tail(string path, int longest)
    {
        if (TerminalWriter.Columns(path) <= longest)
        {
            return path;
        }

        string[] letters = [.. path.EnumerateRunes().Select(rune => rune.ToString())];
        int from = letters.Length;
        for (int columns = 1; from > 0 && columns + TerminalWriter.Columns(letters[from - 1]) <= longest; from--)
        {
            columns += TerminalWriter.Columns(letters[from - 1]);
        }

        return Ellipsis + string.Concat(letters[from..]);
    }

    /// <summary>Gets the beginning of a text, where all of it does not fit.</summary>
    public static string Cut(string text, int longest)
    {
        if (TerminalWriter.Columns(text) <= longest)
        {
            return text;
        }

        StringBuilder cut = new();
        int columns = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            string letter = rune.ToString();
            columns += TerminalWriter.Columns(letter);
            if (columns >= longest)
            {
                break;
            }

            cut.Append(letter);
        }

        return cut.Append(Ellipsis).ToString();
    }

    private int Widest(int column) => rows.Select(row => row.Cells[column]).Append(columns[column].Title).Max(TerminalWriter.Columns);

    private void Line(IAnsiConsole console, string[] cells, Tone tone, int[] shown, int[] widths)
    {
        StringBuilder line = new(" ");
        foreach (int column in shown)
        {
            string cell = Cut(cells[column], widths[column]);
            string space = new(' ', widths[column] - TerminalWriter.Columns(cell));
            line.Append(columns[column].IsNumber ? space + cell : cell + space).Append(' ', Gap);
        }

        Color color = tone switch
        {
            Tone.Good => Color.Green,
            Tone.Caution => Color.Yellow,
            Tone.Bad => Color.Red,
            _ => Color.Default,
        };
        console.Write(new Text(line.ToString().TrimEnd() + "\n", new Style(color)));
    }
}

/// <summary>A column of a <see cref="TerminalTable"/>.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="IsNumber">Whether it holds numbers, which stand at the right and are never cut.</param>
/// <param name="Rank">0 for a column that always stays; of the others the highest is left out first.</param>
internal sealed record TerminalColumn(string Title, bool IsNumber = false, int Rank = 0)
{
    /// <summary>Gets the longest cell; null for that of a name.</summary>
    public int? Longest { get; init; }
}
