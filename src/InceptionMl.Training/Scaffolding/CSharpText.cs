using System.Globalization;
using System.Text;

namespace InceptionMl.Training.Scaffolding;

/// <summary>Values as C# source text, whatever they hold.</summary>
internal static class CSharpText
{
    /// <summary>A string literal. Only letters, digits and printable ASCII stand as they are, so that nothing ends the literal or its line.</summary>
    public static string Literal(string text)
    {
        StringBuilder literal = new("\"", text.Length + 2);
        foreach (char c in text)
        {
            if (c is '"' or '\\')
            {
                literal.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c))
            {
                literal.Append(c);
            }
            else
            {
                literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A double literal that reads back as the same number.</summary>
    public static string Literal(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A bool literal.</summary>
    public static string Literal(bool value) => value ? "true" : "false";
}
