using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace InceptionMl.AspNetCore;

/// <summary>A file of the page as it came with this package.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="ContentType">What browsers are told it is.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Tag">Names its content, so that browsers fetch it once and a new version at once.</param>
internal sealed record PageFile(string Name, string ContentType, byte[] Content, EntityTagHeaderValue Tag)
{
    public const string Index = "index.html";

    // As the project file names what it embeds.
    private const string Prefix = "page/";

    /// <summary>Gets every file of the page.</summary>
    public static IReadOnlyList<PageFile> All { get; } =
        [.. Package.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Load)];

    private static Assembly Package => typeof(PageFile).Assembly;

    private static PageFile Load(string resource)
    {
        using Stream stream = Package.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        string tag = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        return new PageFile(resource[Prefix.Length..], TypeOf(resource), content, new EntityTagHeaderValue($"\"{tag}\""));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        string other => throw new InvalidOperationException($"The page has no content type for {other}."),
    };
}
