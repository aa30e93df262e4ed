using System.Text;

namespace InceptionMl.Cli.Networks;

/// <summary>
/// Columns of text, as wide as their widest cell: names of layers are never cut, whatever the terminal's width, because they are
/// copied from here. Where a terminal is too narrow, columns are left out.
/// </summary>
/// <param name="header">What stands above the columns.</param>
/// <param name="rightAligned">Which of them hold numbers.</param>
/// <param name="width">The widest line; null where there is no terminal.</param>
/// <param name="expendable">The columns to leave out in a narrow terminal, in this order.</param>
internal sealed class TextTable(string[] header, bool[] rightAligned, int? width = null, params int[] expendable)
{
    private const string Gap = "  ";
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

        string rule = new('-', Total(shown, widths));
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            string line = row == Rule ? rule : string.Join(Gap, shown.Select(column => rightAligned[column]
                ? row[column].PadLeft(widths[column])
                : row[column].PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static int Total(List<int> shown, int[] widths) => shown.Sum(column => widths[column]) + (Gap.Length * (shown.Count - 1));
}
