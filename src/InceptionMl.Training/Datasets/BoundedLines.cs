namespace InceptionMl.Training.Datasets;

/// <summary>Passes text on and stops at a line longer than a bound, before a parser has to hold it.</summary>
internal sealed class BoundedLines(TextReader inner, string name, int longest) : TextReader
{
    private int length;
    private long line = 1;

    public override int Peek() => inner.Peek();

    public override int Read()
    {
        int c = inner.Read();
        if (c >= 0)
        {
            Count((char)c);
        }

        return c;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        int read = inner.Read(buffer);
        foreach (char c in buffer[..read])
        {
            Count(c);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(char c)
    {
        if (c is '\n' or '\r')
        {
            length = 0;
            line += c == '\n' ? 1 : 0;
        }
        else if (++length > longest)
        {
            throw new DatasetException($"'{name}', line {line}: the line is longer than {longest} characters; is this a CSV or TSV file?");
        }
    }
}
