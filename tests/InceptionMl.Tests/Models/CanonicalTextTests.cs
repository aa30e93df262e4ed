using System.Globalization;
using InceptionMl.Internal;

namespace InceptionMl.Tests.Models;

public sealed class CanonicalTextTests
{
    [Fact]
    public void A_name_copied_from_a_Mac_is_the_name_it_was()
    {
        Assert.Equal("M\u00FCller", CanonicalText.Compose("Mu\u0308ller"));
        Assert.Equal("Mu\u0308ller", CanonicalText.Decompose("M\u00FCller"));
        Assert.Equal("\uAC01", CanonicalText.Compose("\u1100\u1161\u11A8"));
    }

    [Fact]
    public void Names_are_composed_and_decomposed_as_Python_does_it()
    {
        // Each line: text; NFC; NFD, in hexadecimal, by unicodedata.normalize.
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Models", "canonical-golden.txt"));
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            string[] forms = [.. line.Split(';').Select(Text)];
            Assert.Equal(forms[1], CanonicalText.Compose(forms[0]));
            Assert.Equal(forms[1], CanonicalText.Compose(forms[2]));
            Assert.Equal(forms[2], CanonicalText.Decompose(forms[0]));
            Assert.Equal(forms[2], CanonicalText.Decompose(forms[1]));
        });
    }

    [Fact]
    public void Half_a_surrogate_pair_stays_as_it_is() => Assert.Equal("\uD800e\u0301\uDC00"[0] + "\u00E9\uDC00", CanonicalText.Compose("\uD800e\u0301\uDC00"));

    private static string Text(string hex) => string.Concat(hex.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(point => char.ConvertFromUtf32(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
