using System.Text;
using System.Text.Json;

namespace InceptionMl.Training;

/// <summary>The bytes of a file and its name, which together say where in it something is wrong.</summary>
internal sealed class SourceText
{
    /// <summary>The longest file, in bytes.</summary>
    public const int Longest = 1 << 20;

    private readonly bool hasPlaces;

    /// <summary>Takes the bytes.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="hasPlaces">Whether messages give line and column: not of what no person wrote.</param>
    public SourceText(ReadOnlySpan<byte> utf8, string name, bool hasPlaces = true)
    {
        Name = name;
        this.hasPlaces = hasPlaces;
        if (utf8.Length > Longest)
        {
            throw TooLong(name);
        }

        Utf8 = (utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8).ToArray();
        if (!System.Text.Unicode.Utf8.IsValid(Utf8))
        {
            throw Wrong(FirstInvalid(Utf8), "this is not UTF-8: save the file as UTF-8");
        }
    }

    public string Name { get; }

    public byte[] Utf8 { get; }

    public static PipelineException TooLong(string name) =>
        new(FormattableString.Invariant($"{name}: the file has more than {Longest:N0} bytes, which no pipeline needs.")) { Path = name };

    /// <summary>What is wrong at a place, as <c>file(line,column): what.</c>, both counted from 1, columns in characters.</summary>
    public PipelineException Wrong(int offset, string what, Exception? cause = null)
    {
        ReadOnlySpan<byte> before = Utf8.AsSpan(0, Math.Min(offset, Utf8.Length));
        int line = before.Count((byte)'\n') + 1;
        int column = Runes(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        string end = what.EndsWith('?') || what.EndsWith('.') ? string.Empty : ".";
        string place = hasPlaces ? FormattableString.Invariant($"({line},{column})") : string.Empty;
        return new PipelineException($"{Name}{place}: {what}{end}", cause) { Path = hasPlaces ? Name : null, Setting = hasPlaces ? null : SettingAt(offset) };
    }

    private string SettingAt(int offset)
    {
        Utf8JsonReader reader = new(Utf8);
        Stack<string> sections = [];
        string name = string.Empty;
        while (reader.Read() && reader.TokenStartIndex < offset)
        {
            name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : name;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                sections.Push(name);
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                sections.Pop();
            }
        }

        return string.Join('/', sections.Reverse().Append(name).Where(section => section.Length > 0));
    }

    /// <summary>The offset of a place that a JSON reader names.</summary>
    public int Offset(long line, long byteInLine)
    {
        int start = 0;
        for (long passed = 0; passed < line; passed++)
        {
            int end = Utf8.AsSpan(start).IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }

            start += end + 1;
        }

        return (int)Math.Min(start + byteInLine, Utf8.Length);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }

    // Every character has one byte that is no continuation byte.
    private static int Runes(ReadOnlySpan<byte> utf8)
    {
        int runes = 0;
        foreach (byte b in utf8)
        {
            runes += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return runes;
    }
}
