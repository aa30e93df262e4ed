using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace InceptionMl.AspNetCore.Requests;

/// <summary>What a request asks for beside its images.</summary>
/// <param name="Top">How many labels of each image are answered, the most probable first; null is every label in the model's order.</param>
/// <param name="Explain">Whether to say where in each image the evidence for its label lies.</param>
internal sealed record ScoringQuery(int? Top, bool Explain)
{
    public const string TopName = "top";
    public const string ExplainName = "explain";

    /// <exception cref="RequestRefusedException">A value is none of those that are known.</exception>
    public static ScoringQuery Parse(IQueryCollection query) => new(ParseTop(query[TopName]), ParseExplain(query[ExplainName]));

    private static int? ParseTop(StringValues given) => given.Count == 0
        ? null
        : given.Count == 1 && int.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1
            ? count
            : throw RequestRefusedException.Malformed("The query's 'top' is not a whole number of at least 1.");

    private static bool ParseExplain(StringValues given) => given.Count == 0
        ? false
        : given.Count == 1 && bool.TryParse(given[0], out bool explain)
            ? explain
            : throw RequestRefusedException.Malformed("The query's 'explain' is neither true nor false.");
}
