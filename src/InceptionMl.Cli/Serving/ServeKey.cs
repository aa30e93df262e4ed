using System.Text.RegularExpressions;

namespace InceptionMl.Cli;

/// <summary>A key as it may be given.</summary>
internal static partial class ServeKey
{
    /// <exception cref="UsageException">It could not be sent in a header, or is too short to be one.</exception>
    public static string? Check(string? key) => string.IsNullOrEmpty(key)
        ? null
        : Fits().IsMatch(key)
            ? key
            : throw new UsageException($"The key (--api-key or {ServeVerb.KeyVariable}) is not 8 to 256 visible ASCII characters without a space.");

    [GeneratedRegex("^[!-~]{8,256}\\z")]
    private static partial Regex Fits();
}
