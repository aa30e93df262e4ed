using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace InceptionMl.Training.Scaffolding;

/// <summary>The texts that generated files are made from: <c>$Word$</c> stands for a value.</summary>
internal static partial class ScaffoldTemplate
{
    public const string Consumption = "consumption.cs";
    public const string Training = "training.cs";
    public const string Evaluation = "evaluate.cs";

    /// <summary>What the files of the generated class call things; a class of such a name would hide them.</summary>
    public static FrozenSet<string> Identifiers { get; } = FrozenSet.ToFrozenSet(
        (from template in (string[])[Consumption, Training, Evaluation]
         from line in Read(template).Split('\n').Select(line => line.Trim())
         where !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal)
         from Match word in Identifier().Matches(Placeholder().Replace(line, " "))
         select word.Value).Concat(SettingsText.Identifiers(typeof(TrainingSettings))),
        StringComparer.Ordinal);

    /// <summary>A template with every value in its place; values are not looked into again.</summary>
    /// <exception cref="KeyNotFoundException">A value is missing.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(Read(template), match => values[match.Groups[1].Value]);

    private static string Read(string template)
    {
        using Stream stream = typeof(ScaffoldTemplate).Assembly.GetManifestResourceStream("Scaffolding/" + template)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\$([A-Z][A-Za-z]*)\$", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[A-Za-z_]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
