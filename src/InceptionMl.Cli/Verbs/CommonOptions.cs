using System.CommandLine;

namespace InceptionMl.Cli.Verbs;

/// <summary>Options that several verbs share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One line of JSON on standard output and nothing else there." };

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
