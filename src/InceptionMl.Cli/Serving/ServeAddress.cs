using System.Net;
using Microsoft.AspNetCore.Http;

namespace InceptionMl.Cli.Serving;

/// <summary>An address to listen on.</summary>
/// <param name="Url">As it was given.</param>
/// <param name="IsLoopback">Whether only this machine reaches it.</param>
internal sealed record ServeAddress(string Url, bool IsLoopback)
{
    private const int HighestPort = 65_535;

    /// <exception cref="UsageException">One is no address that can be listened on.</exception>
    public static IReadOnlyList<ServeAddress> Parse(IEnumerable<string> urls) =>
        [.. urls.SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(ParseOne)];

    private static ServeAddress ParseOne(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw Wrong(url, "is no address");
        }

        return address switch
        {
            { Scheme: "https" } => throw Wrong(url, "asks for TLS, which belongs to a proxy in front of this service"),
            { Scheme: not "http" } => throw Wrong(url, "is no address"),
            { IsUnixPipe: true } or { IsNamedPipe: true } => throw Wrong(url, "is a pipe"),
            { PathBase.Length: > 0 } => throw Wrong(url, "has a path"),
            { Port: < 0 or > HighestPort } => throw Wrong(url, "has no possible port"),
            _ => new ServeAddress(url, IsLocal(address.Host)),
        };
    }

    // The server listens on every address for names it does not know.
    private static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static UsageException Wrong(string url, string what) => new($"--urls {url} {what}: give one such as http://127.0.0.1:5080.");
}
