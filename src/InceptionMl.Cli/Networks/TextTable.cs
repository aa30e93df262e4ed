using System.Text;

namespace InceptionMl.Cli.Networks;

/// <summary>
/// Columns of text, as wide as their widest cell: names of layers are never cut, whatever the terminal's width, because they are
/// copied from here.
/// </summary>
internal sealed class TextTable(string[] header, bool[] rightAligned)
{
    private const string Gap = "  ";
    private static readonly string[] Rule = [];
    private readonly List<string[]> rows = [header, Rule];

    public void Add(string[] row) => rows.Add(row);

    public void Line() => rows.Add(Rule);

    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => rows.Where(row => row != Rule).Max(row => row[column].Length))];
        string rule = new('-', widths.Sum() + (Gap.Length * (widths.Length - 1)));
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            string line = row == Rule ? rule : string.Join(Gap, row.Select((cell, column) => rightAligned[column]
                ? cell.PadLeft(widths[column])
                : cell.PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
