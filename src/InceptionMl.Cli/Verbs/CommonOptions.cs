using System.CommandLine;
using System.Globalization;
using InceptionMl.Cli.Parsing;

namespace InceptionMl.Cli.Verbs;

/// <summary>Options that several verbs share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    private const string TableFormat = "table";
    private const string JsonFormat = "json";

    public static Option<bool> Json() => new("--json") { Description = "One line of JSON on standard output and nothing else there." };

    /// <summary>Gets the long spelling of <see cref="Json"/>, for verbs that know two forms.</summary>
    public static Option<string> Format()
    {
        Option<string> format = new("--format") { Description = "table (default) or json.", DefaultValueFactory = _ => TableFormat };
        format.AcceptWords(TableFormat, JsonFormat);
        return format;
    }

    public static bool IsJson(ParseResult parsed, Option<bool> json, Option<string> format) =>
        parsed.GetValue(json) || parsed.GetValue(format) == JsonFormat;

    public static Option<float?> AbstainBelow()
    {
        Option<float?> below = new("--abstain-below") { Description = "The probability, 0 to 1, below which the best label's outcome is uncertain instead of accepted." };
        below.Validators.Add(found =>
        {
            if (found.Tokens is [{ Value: { } given }]
                && float.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out float probability) && probability is not (>= 0 and <= 1))
            {
                found.AddError($"--abstain-below {given} is no probability from 0 to 1.");
            }
        });
        return below;
    }

    public static Option<string?> Cache() => new("--cache")
    {
        Description = "Folder of the feature cache, or none. The default is artifacts/cache.",
    };

    public static string? CacheFolder(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => Path.Combine("artifacts", "cache"),
        "none" => null,
        string folder => folder,
    };
}
