using System.Text;

namespace InceptionMl.Batch.Internal;

/// <summary>
/// The records of delimited text (RFC 4180): a field in quotes may hold the delimiter, line ends, and quotes that are doubled. No package
/// reads them here: applications bring CSV packages of their own, whose versions do not agree with each other.
/// </summary>
/// <param name="text">The text; not disposed.</param>
/// <param name="delimiter">What stands between fields.</param>
/// <param name="longestField">Characters that a field may have.</param>
/// <param name="trims">Whether spaces around a field are left out.</param>
public sealed class CsvRecords(TextReader text, char delimiter, int longestField, bool trims)
{
    private const char Quote = '"';

    private readonly List<string> fields = [];
    private readonly StringBuilder field = new();
    private bool isQuoted;
    private bool isClosed;

    /// <summary>Gets the fields of the record that was read last.</summary>
    public string[] Record => [.. fields];

    /// <summary>Gets the number of lines read so far, those inside quotes among them.</summary>
    public long Lines { get; private set; }

    /// <summary>Gets a value that indicates whether the record that was read last has a quote that is not closed: the rest of the text is in it.</summary>
    public bool IsUnclosed { get; private set; }

    /// <summary>Gets a value that indicates whether the record that was read last has a quote where none may stand.</summary>
    public bool IsMisquoted { get; private set; }

    /// <summary>Moves to the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">A field is too long.</exception>
    public bool Read()
    {
        int c = text.Read();
        if (c < 0)
        {
            return false;
        }

        fields.Clear();
        (IsUnclosed, IsMisquoted) = (false, false);
        for (; c >= 0; c = text.Read())
        {
            if (isQuoted && !isClosed)
            {
                ReadQuoted((char)c);
            }
            else if (c == delimiter)
            {
                EndField();
            }
            else if (c is '\r' or '\n')
            {
                EndLine((char)c);
                EndField();
                return true;
            }
            else
            {
                ReadPlain((char)c);
            }
        }

        Lines++;
        IsUnclosed = isQuoted && !isClosed;
        EndField();
        return true;
    }

    private void ReadQuoted(char c)
    {
        if (c != Quote)
        {
            Append(c);
            if (c == '\n' || (c == '\r' && text.Peek() != '\n'))
            {
                Lines++;
            }
        }
        else if (text.Peek() == Quote)
        {
            text.Read();
            Append(Quote);
        }
        else
        {
            isClosed = true;
        }
    }

    private void ReadPlain(char c)
    {
        bool isFirst = !isQuoted && (field.Length == 0 || (trims && IsBlank()));
        if (c == Quote && isFirst)
        {
            field.Clear();
            isQuoted = true;
        }
        else if (isClosed && trims && c == ' ')
        {
            // Around a field in quotes.
        }
        else
        {
            IsMisquoted |= c == Quote || isClosed;
            Append(c);
        }
    }

    private bool IsBlank()
    {
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] != ' ')
            {
                return false;
            }
        }

        return true;
    }

    private void EndLine(char c)
    {
        if (c == '\r' && text.Peek() == '\n')
        {
            text.Read();
        }

        Lines++;
    }

    private void EndField()
    {
        string value = field.ToString();
        fields.Add(trims && !isQuoted ? value.Trim(' ') : value);
        field.Clear();
        (isQuoted, isClosed) = (false, false);
    }

    private void Append(char c)
    {
        if (field.Length == longestField)
        {
            throw new InvalidDataException($"a field is longer than {longestField} characters");
        }

        field.Append(c);
    }

    /// <summary>A field as it is written between commas.</summary>
    public static string Escape(string value) =>
        value.Length > 0 && (value[0] == ' ' || value[^1] == ' ' || value.AsSpan().ContainsAny("\",\r\n"))
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
}
