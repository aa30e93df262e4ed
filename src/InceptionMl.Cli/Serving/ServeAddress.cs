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
    public static IReadOnlyList<ServeAddress> Parse(IEnumerable<string> urls)
    {
        ServeAddress[] addresses =
            [.. urls.SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(ParseOne)];
        return addresses.Length > 0 ? addresses : throw new UsageException("--urls names no address: give one such as http://127.0.0.1:5080.");
    }

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
            _ when !IsKnown(address.Host) => throw Wrong(url, "names neither localhost nor an IP address of this machine nor * for all of them"),
            { Port: 0 } when IsLocalhost(address.Host) =>
                throw new UsageException($"--urls {url} asks for any free port of two addresses at once: give http://127.0.0.1:0."),
            _ => new ServeAddress(url, IsLocal(address.Host)),
        };
    }

    // The server would listen on every address for a name it does not know, and so for a mistyped one.
    private static bool IsKnown(string host) => IsLocalhost(host) || host is "*" or "+" || IPAddress.TryParse(host, out _);

    private static bool IsLocal(string host) =>
        IsLocalhost(host) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsLocalhost(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static UsageException Wrong(string url, string what) => new($"--urls {url} {what}: give one such as http://127.0.0.1:5080.");
}
