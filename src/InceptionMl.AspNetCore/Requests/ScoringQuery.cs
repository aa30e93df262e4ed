using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace InceptionMl.AspNetCore;

/// <summary>What a request asks for beside its images.</summary>
/// <param name="Top">How many labels of each image are answered, the most probable first; null is every label in the model's order.</param>
/// <param name="Explain">Whether to say where in each image the evidence for its label lies.</param>
internal sealed record ScoringQuery(
    [property: Description("Only so many labels of each image, the most probable first; without it every label in the model's order.")] int? Top,
    [property: Description("With true, every result says where in the image the evidence for its label lies.")] bool Explain)
{
    public const string TopName = "top";
    public const string ExplainName = "explain";

    /// <summary>The least that <see cref="Top"/> may be.</summary>
    public const int LeastTop = 1;

    private const int LongestShown = 40;

    /// <exception cref="RequestRefusedException">A name or a value is none of those that are known.</exception>
    public static ScoringQuery Parse(IQueryCollection query) =>
        query.Keys.FirstOrDefault(name => !IsKnown(name)) is { } unknown
            ? throw RequestRefusedException.Malformed($"The query's '{Shown(unknown)}' is unknown: there are '{TopName}' and '{ExplainName}'.")
            : new ScoringQuery(ParseTop(query[TopName]), ParseExplain(query[ExplainName]));

    private static bool IsKnown(string name) =>
        name.Equals(TopName, StringComparison.OrdinalIgnoreCase) || name.Equals(ExplainName, StringComparison.OrdinalIgnoreCase);

    // It comes back in the answer: no longer than a name is, and on one line.
    private static string Shown(string name) =>
        new([.. name.Take(LongestShown).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c), .. name.Length > LongestShown ? "..." : ""]);

    private static int? ParseTop(StringValues given) => given.Count == 0
        ? null
        : given.Count == 1 && int.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= LeastTop
            ? count
            : throw RequestRefusedException.Malformed("The query's 'top' is not a whole number of at least 1.");

    private static bool ParseExplain(StringValues given) => given.Count == 0
        ? false
        : given.Count == 1 && bool.TryParse(given[0], out bool explain)
            ? explain
            : throw RequestRefusedException.Malformed("The query's 'explain' is neither true nor false.");
}
