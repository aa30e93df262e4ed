using System.Text;
using InceptionMl.Internal;
using Spectre.Console.Rendering;

namespace InceptionMl.Cli;

/// <summary>
/// Text for people, a message per line: what names hold of control characters is shown escaped. On a terminal lines are folded at words,
/// and colored by their tone.
/// </summary>
/// <param name="inner">Where it goes; not owned.</param>
/// <param name="terminal">The terminal there; null if there is none.</param>
internal sealed class TerminalWriter(TextWriter inner, Terminal? terminal) : TextWriter
{
    private const int Narrowest = 20;
    private const string WarningLead = "warning: ";

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    /// <summary>Writes lines; each is escaped and folded by itself.</summary>
    public override void Write(string? value)
    {
        string[] lines = (value ?? string.Empty).ReplaceLineEndings("\n").Split('\n');
        inner.Write(string.Join(inner.NewLine, lines.Select(line => Fold(Printable.Escape(line)))));
    }

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => WriteLine(value?.StartsWith(WarningLead, StringComparison.OrdinalIgnoreCase) == true ? Tone.Caution : Tone.Plain, value);

    /// <summary>Writes one message.</summary>
    public void WriteLine(Tone tone, string? value)
    {
        string text = Fold(Printable.Escape(value ?? string.Empty));
        string? color = terminal is not { HasColor: true } ? null : tone switch
        {
            Tone.Good => "32",
            Tone.Caution => "33",
            Tone.Bad => "31",
            _ => null,
        };
        inner.WriteLine(color is null ? text : $"\e[{color}m{text}\e[0m");
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    /// <summary>How many columns a text takes.</summary>
    public static int Columns(string text) => new Segment(text).CellCount();

    private string Fold(string line)
    {
        int width = terminal is null ? int.MaxValue : Math.Max(Narrowest, terminal.Width());
        if (line.Length * 2 <= width || Columns(line) <= width)
        {
            return line;
        }

        int lead = line.Length - line.TrimStart(' ').Length;
        string indent = new(' ', lead == 0 ? 0 : Math.Min(lead + 2, width / 2));
        StringBuilder folded = new(line[..lead]);
        int column = lead;
        bool first = true;
        foreach (string word in line[lead..].Split(' '))
        {
            int columns = Columns(word);
            if (!first && column + 1 + columns > width)
            {
                folded.Append(inner.NewLine).Append(indent);
                column = indent.Length;
            }
            else if (!first)
            {
                folded.Append(' ');
                column++;
            }

            folded.Append(word);
            column += columns;
            first = false;
        }

        return folded.ToString();
    }
}

/// <summary>A terminal that text for people goes to.</summary>
/// <param name="Width">Its width in columns; asked for each line, since windows are resized.</param>
/// <param name="HasColor">Whether color may be shown.</param>
internal sealed record Terminal(Func<int> Width, bool HasColor);

/// <summary>What a line means, which a terminal shows by color.</summary>
internal enum Tone
{
    /// <summary>Nothing in particular.</summary>
    Plain,

    /// <summary>Something good: a promotion.</summary>
    Good,

    /// <summary>Something to look at: a warning, a champion that was kept.</summary>
    Caution,

    /// <summary>Something that went wrong.</summary>
    Bad,
}
