namespace InceptionMl.Batch.Internal;

/// <summary>Passes text on and stops at a line longer than a bound, before a parser has to hold it.</summary>
public sealed class BoundedLines(TextReader inner, string name, int longest) : TextReader
{
    private const char EndOfFile = '\u001A';
    private const string DataUri = "data:image/";

    private int length;
    private int matched;
    private bool holdsDataUri;
    private long line = 1;

    public override int Peek() => inner.Peek();

    public override int Read()
    {
        int c = inner.Read();

        // DOS programs end a file with this character, and pad it.
        while (c == EndOfFile && inner.Peek() is EndOfFile or < 0)
        {
            c = inner.Read();
        }

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
            (length, matched, holdsDataUri) = (0, 0, false);
            line += c == '\n' ? 1 : 0;
            return;
        }

        matched = c == DataUri[matched] ? matched + 1 : c == DataUri[0] ? 1 : 0;
        if (matched == DataUri.Length)
        {
            (matched, holdsDataUri) = (0, true);
        }

        if (++length > longest)
        {
            throw new DatasetException(holdsDataUri
                ? $"'{name}', line {line}: the line holds a data URI, an image written as text, of more than {longest} characters; only files are read, so write its bytes to a file and list that."
                : $"'{name}', line {line}: the line is longer than {longest} characters; is this a CSV or TSV file?")
            { Path = name };
        }
    }
}
