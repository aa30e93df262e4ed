using System.Text;

namespace InceptionMl.Backbones.Classification;

/// <summary>
/// A file of class names that the user gives: Keras's index (<see cref="ImageNetClassIndex"/>), or text with a name a line in the
/// order of the classes, before which a WordNet id may stand (<c>n01440764 tench, Tinca tinca</c>).
/// </summary>
public static class ClassNameFile
{
    private const int MostBytes = 8 << 20;

    // What a classifier may have, and its background.
    private const int MostNames = (1 << 16) + 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the names in their order.</summary>
    /// <param name="path">UTF-8; JSON where the first character is <c>{</c>.</param>
    /// <exception cref="BackboneException">The file cannot be read or holds something else; the message names it.</exception>
    public static IReadOnlyList<ImageClass> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            byte[] bytes = ReadBounded(path);
            ReadOnlySpan<byte> text = bytes.AsSpan(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
            return text.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? ImageNetClassIndex.Parse(text, path) : Lines(Utf8.GetString(text), path);
        }
        catch (DecoderFallbackException exception)
        {
            throw new BackboneException($"{path} is no file of class names: it is not UTF-8 text", exception) { Path = path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new BackboneException(File.Exists(path) ? $"{path} cannot be read: {exception.Message.TrimEnd('.')}" : $"{path} is no file of class names: there is no such file", exception) { Path = path };
        }
    }

    private static byte[] ReadBounded(string path)
    {
        using FileStream file = File.OpenRead(path);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MostBytes)
            {
                throw new BackboneException(FormattableString.Invariant($"{path} is no file of class names: it has more than {MostBytes:N0} bytes")) { Path = path };
            }
        }

        return bytes.ToArray();
    }

    private static List<ImageClass> Lines(string text, string path)
    {
        List<ImageClass> names = [];
        foreach (ReadOnlySpan<char> line in text.AsSpan().TrimEnd().EnumerateLines())
        {
            ReadOnlySpan<char> trimmed = line.Trim();
            int space = trimmed.IndexOfAny(' ', '\t');
            bool hasId = space > 0 && ClassNaming.IsWordNetId(trimmed[..space]);
            string name = (hasId ? trimmed[space..].TrimStart() : trimmed).ToString();
            if (ClassNaming.Problem(name) is { } problem)
            {
                throw new BackboneException(FormattableString.Invariant($"{path} is no file of class names: line {names.Count + 1} has {problem}")) { Path = path };
            }

            names.Add(new ImageClass(name, hasId ? trimmed[..space].ToString() : null));
            if (names.Count > MostNames)
            {
                throw new BackboneException(FormattableString.Invariant($"{path} is no file of class names: it has more than {MostNames:N0} lines")) { Path = path };
            }
        }

        return names;
    }
}

/// <summary>What may stand as a class's name in a file of names.</summary>
internal static class ClassNaming
{
    private const int LongestName = 200;
    private const int WordNetIdLength = 9;

    /// <summary>Why this can be no name, as a fragment; null if it can.</summary>
    public static string? Problem(string name) =>
        string.IsNullOrWhiteSpace(name) ? "an empty name"
        : name.Length > LongestName ? FormattableString.Invariant($"a name of {name.Length:N0} characters, more than {LongestName}")
        : name.Any(char.IsControl) ? "a control character in a name"
        : null;

    /// <summary>An <c>n</c> and eight digits.</summary>
    public static bool IsWordNetId(ReadOnlySpan<char> text) =>
        text.Length == WordNetIdLength && text[0] == 'n' && !text[1..].ContainsAnyExceptInRange('0', '9');
}
