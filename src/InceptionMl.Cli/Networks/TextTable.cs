using System.Text;

namespace InceptionMl.Cli;

/// <summary>
/// Columns of text, as wide as their widest cell: names of layers are never cut, whatever the terminal's width, because they are
/// copied from here. Where a terminal is too narrow, columns are left out, and then a chain of names, <c>a > b</c>, goes on below.
/// </summary>
/// <param name="header">What stands above the columns.</param>
/// <param name="rightAligned">Which of them hold numbers.</param>
/// <param name="width">The widest line; null if there is no terminal.</param>
/// <param name="expendable">The columns to leave out in a narrow terminal, in this order.</param>
internal sealed class TextTable(string[] header, bool[] rightAligned, int? width = null, params int[] expendable)
{
    private const string Gap = "  ";
    private const string Link = " > ";
    private static readonly string[] Rule = [];
    private readonly List<string[]> rows = [header, Rule];

    public void Add(string[] row) => rows.Add(row);

    public void Line() => rows.Add(Rule);

    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => rows.Where(row => row != Rule).Max(row => row[column].Length))];
        List<int> shown = [.. Enumerable.Range(0, header.Length)];
        foreach (int column in expendable.TakeWhile(_ => width is int room && Total(shown, widths) > room))
        {
            shown.Remove(column);
        }

        if (width is int narrow && Total(shown, widths) > narrow)
        {
            int rest = Total(shown, widths) - widths[0];
            widths[0] = Math.Max(1, rows.Where(row => row != Rule).SelectMany(row => Chain(row[0], narrow - rest)).Max(line => line.Length));
        }

        string rule = new('-', Total(shown, widths));
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            if (row == Rule)
            {
                text.Append(rule).Append('\n');
                continue;
            }

            string[] names = Chain(row[0], widths[0]);
            string line = string.Join(Gap, shown.Select(column => rightAligned[column]
                ? row[column].PadLeft(widths[column])
                : (column == 0 ? names[0] : row[column]).PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
            foreach (string more in names.Skip(1))
            {
                text.Append(more).Append('\n');
            }
        }

        return text.ToString();
    }

    // A chain of names in lines of a width, as far as single names allow it.
    private static string[] Chain(string cell, int width)
    {
        string[] names = cell.Split(Link);
        List<string> lines = [names[0]];
        foreach (string name in names.Skip(1))
        {
            string longer = lines[^1] + Link + name;
            if (longer.Length <= width)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add($"    {Link.TrimStart()}{name}");
            }
        }

        return [.. lines];
    }

    private static int Total(List<int> shown, int[] widths) => shown.Sum(column => widths[column]) + (Gap.Length * (shown.Count - 1));
}
