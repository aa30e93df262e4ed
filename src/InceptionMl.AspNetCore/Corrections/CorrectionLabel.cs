using System.Globalization;
using System.Text;
using InceptionMl.AspNetCore.Requests;

namespace InceptionMl.AspNetCore.Corrections;

/// <summary>Labels as people give them, which become names of folders.</summary>
internal static class CorrectionLabel
{
    private const int Longest = 64;

    // Folders of these names are read as parts of a dataset, in any case.
    private static readonly string[] Parts = ["train", "training", "val", "valid", "validation", "test", "testing"];

    // Windows takes none of these for a folder, with or without something after a dot.
    private static readonly string[] Devices =
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => (string[])[$"com{i}", $"lpt{i}"])];

    /// <summary>The label to keep an image under: the model's where it has it, in its own spelling.</summary>
    /// <exception cref="RequestRefusedException">It could not be a folder's name.</exception>
    public static string Parse(string? given, IReadOnlyList<string> labels)
    {
        string label;
        try
        {
            label = (given ?? string.Empty).Trim().Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            throw Refused();
        }

        string known = labels.FirstOrDefault(l => l.Normalize(NormalizationForm.FormC).Equals(label, StringComparison.OrdinalIgnoreCase)) ?? label;
        return IsFolderName(known) ? known : throw Refused();
    }

    private static bool IsFolderName(string label) =>
        label.Length is > 0 and <= Longest
        && label[0] is not ('.' or ' ' or '~')
        && label[^1] is not ('.' or ' ')
        && label.All(c => IsOrdinary(c))
        && !Parts.Contains(label, StringComparer.OrdinalIgnoreCase)
        && !Devices.Contains(label.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase);

    // Marks are parts of letters in many scripts.
    private static bool IsOrdinary(char c) =>
        char.IsLetterOrDigit(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || " -_.,+()&'".Contains(c, StringComparison.Ordinal);

    private static RequestRefusedException Refused() => RequestRefusedException.Malformed(FormattableString.Invariant(
        $"The label cannot be a folder's name: give one of the model's, or up to {Longest} letters, digits, spaces and hyphens, not train, validation or test."));
}
