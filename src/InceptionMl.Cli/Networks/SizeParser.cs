using System.Globalization;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>Sizes as they are typed: <c>299x299</c>, <c>28x28x192</c>, <c>5</c>.</summary>
internal static class SizeParser
{
    // Larger images decode nowhere, and every count of every network stays far below 2^63.
    private const int Largest = 65_535;

    public static Extent Image(string option, string text) => Parse(text) is [var height, var width]
        ? new Extent(height, width)
        : throw Wrong(option, text, "HEIGHTxWIDTH, as 299x299");

    public static TensorShape Map(string option, string text) => Parse(text) is [var height, var width, var channels]
        ? TensorShape.Map(height, width, channels)
        : throw Wrong(option, text, "HEIGHTxWIDTHxCHANNELS, as 28x28x192");

    public static Extent Kernel(string option, string text) => Parse(text) switch
    {
        [var side] => side,
        [var height, var width] => new Extent(height, width),
        _ => throw Wrong(option, text, "one side or two, as 5 or 1x7"),
    };

    private static int[]? Parse(string text)
    {
        string[] parts = text.Split('x', 'X', '×');
        int[] sides = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sides[i]) || sides[i] is < 1 or > Largest)
            {
                return null;
            }
        }

        return sides;
    }

    private static UsageException Wrong(string option, string text, string form) =>
        new($"{option} '{text}' is not {form}, each from 1 to {CountFormat.Grouped(Largest)}.");
}
