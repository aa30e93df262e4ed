using System.Globalization;
using System.Text;

namespace InceptionMl.Internal;

/// <summary>Text as a terminal or a page may show it: what would move the cursor, turn the reading direction or hide itself is shown escaped.</summary>
public static class Printable
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>Gets the text with control characters, line ends, direction marks and lone surrogates as <c>\n</c>, <c>\x1b</c> or <c>\u202e</c>.</summary>
    public static string Escape(string text)
    {
        if (!NeedsEscape(text))
        {
            return text;
        }

        StringBuilder shown = new(text.Length + 16);
        for (int i = 0; i < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                shown.Append(IsHarmless(rune) ? rune.ToString() : Escape(rune.Value));
                i += rune.Utf16SequenceLength;
            }
            else
            {
                shown.Append(Escape(text[i++]));
            }
        }

        return shown.ToString();
    }

    private static bool NeedsEscape(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
            {
                return true;
            }
        }

        return false;
    }

    // The joiners stay: letters of several scripts and composed pictographs need them.
    private static bool IsHarmless(Rune rune) => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Escape(int code) => code switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < 0x100 => FormattableString.Invariant($@"\x{code:x2}"),
        < 0x10000 => FormattableString.Invariant($@"\u{code:x4}"),
        _ => FormattableString.Invariant($@"\U{code:x8}"),
    };
}
