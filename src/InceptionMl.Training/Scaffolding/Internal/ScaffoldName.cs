using System.Collections.Frozen;
using System.Globalization;

namespace InceptionMl.Training.Scaffolding.Internal;

/// <summary>Names that the generated class and files can have.</summary>
public static class ScaffoldName
{
    private const int Longest = 60;
    private const string Otherwise = "ImageClassifier";

    // The contextual keywords are here too: as a type's name some are refused by the compiler and all confuse.
    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
        """
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit
        extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out
        override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw
        true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while
        add alias allows and args ascending async await by descending dynamic equals extension field file from get global group init into join let
        managed nameof nint not notnull nuint on or orderby partial record remove required scoped select set unmanaged value var when where with yield
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    // Windows opens a device for these, whatever extension follows.
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL"];
    private static readonly string[] NumberedDevices = ["COM", "LPT"];

    /// <summary>Says in a sentence why a name cannot be used, with one that can; null where it can.</summary>
    /// <remarks>
    /// A name is a C# identifier of at most 60 characters, no keyword, no name that the generated code itself uses, and no device of Windows.
    /// </remarks>
    /// <param name="name">The name.</param>
    public static string? Problem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Fault(name) is { } fault ? $"The name {Quote(name)} {fault}: try {Suggest(name)}" : null;
    }

    private static string? Fault(string name) => name switch
    {
        { Length: 0 or > Longest } => FormattableString.Invariant($"does not have from 1 to {Longest} characters"),
        _ when !IsStart(name[0]) || !name.All(IsPart) => "is no C# identifier, which has letters, digits and _ and does not begin with a digit",
        _ when Keywords.Contains(name) => "is a keyword of C#",
        _ when ScaffoldTemplate.Identifiers.Contains(name) => "is one that the generated code uses itself",
        _ when IsDevice(name) => "is a device's on Windows",
        _ => null,
    };

    private static string Suggest(string name)
    {
        string joined = string.Concat(new string([.. name.Take(Longest).Select(c => IsPart(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        string[] candidates = [joined, "Model" + joined, joined + "Classifier"];
        return joined.Length == 0 ? Otherwise : candidates.FirstOrDefault(candidate => Fault(candidate) is null) ?? Otherwise;
    }

    // The name may be anything that was typed: one line of it, and not too long.
    private static string Quote(string name)
    {
        string line = new([.. name.Take(Longest).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' || char.IsSurrogate(c) ? ' ' : c)]);
        return $"'{line}{(name.Length > Longest ? "..." : "")}'";
    }

    private static bool IsStart(char c) => c == '_' || char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    private static bool IsPart(char c) => IsStart(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.ConnectorPunctuation;

    private static bool IsDevice(string name) =>
        Devices.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.Length == 4 && char.IsAsciiDigit(name[3]) && NumberedDevices.Contains(name[..3], StringComparer.OrdinalIgnoreCase));
}
