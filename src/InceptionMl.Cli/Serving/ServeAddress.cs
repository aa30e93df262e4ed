using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace InceptionMl.Cli;

/// <summary>An address to listen on.</summary>
/// <param name="Url">As it was given.</param>
/// <param name="IsLoopback">Whether only this machine reaches it.</param>
internal sealed record ServeAddress(string Url, bool IsLoopback)
{
    private const int HighestPort = 65_535;
    private const string Remedy = "give one such as http://127.0.0.1:5080";

    /// <summary>The address that is listened on where none is given.</summary>
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>Gets the file of a Unix socket; null if it is an address of a network.</summary>
    public string? Socket => BindingAddress.Parse(Url) is { IsUnixPipe: true } pipe ? pipe.UnixPipePath : null;

    /// <summary>
    /// Where to listen: what the command line says, or else the variables that ASP.NET Core applications are told it by, as containers of .NET set
    /// them, or else <see cref="Default"/>.
    /// </summary>
    /// <param name="urls">What <c>--urls</c> says.</param>
    /// <param name="port">What <c>--port</c> says.</param>
    /// <param name="variable">Environment variables by name.</param>
    /// <exception cref="UsageException">One is no address that can be listened on, or both options are given.</exception>
    public static IReadOnlyList<ServeAddress> Find(IReadOnlyCollection<string> urls, int? port, Func<string, string?> variable)
    {
        if (port is not null)
        {
            if (port is < 0 or > HighestPort)
            {
                throw new UsageException($"--port {port} is not a number from 0 to {HighestPort}.");
            }

            return urls.Count == 0
                ? Parse([FormattableString.Invariant($"http://127.0.0.1:{port}")])
                : throw new UsageException("--port and --urls both say where to listen: give one of them.");
        }

        return urls.Count > 0 ? Parse(urls) : FromVariables(variable) ?? Parse([Default]);
    }

    private static IReadOnlyList<ServeAddress>? FromVariables(Func<string, string?> variable)
    {
        foreach (string prefix in (string[])["ASPNETCORE_", "DOTNET_"])
        {
            if (Set(prefix + "URLS") is { } urls)
            {
                return Parse([urls], prefix + "URLS");
            }

            if (Set(prefix + "HTTPS_PORTS") is { } secured)
            {
                throw Wrong(prefix + "HTTPS_PORTS", secured, "asks for TLS, which belongs to a proxy in front of this service", "unset it");
            }

            if (Set(prefix + "HTTP_PORTS") is { } ports)
            {
                return Parse(Split(ports).Select(port => Listening(prefix + "HTTP_PORTS", port)), prefix + "HTTP_PORTS");
            }
        }

        return null;

        string? Set(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
    }

    private static string Listening(string variable, string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= HighestPort
            ? FormattableString.Invariant($"http://*:{number}")
            : throw Wrong(variable, port, $"is not a number from 0 to {HighestPort}", "give one such as 8080");

    /// <summary>Reads addresses.</summary>
    /// <param name="urls">Addresses, several in one by ;.</param>
    /// <param name="source">The option or variable that names them.</param>
    /// <exception cref="UsageException">One is no address that can be listened on.</exception>
    public static IReadOnlyList<ServeAddress> Parse(IEnumerable<string> urls, string source = "--urls")
    {
        ServeAddress[] addresses = [.. urls.SelectMany(Split).Select(url => ParseOne(url, source))];
        return addresses.Length > 0 ? addresses : throw new UsageException($"{source} names no address: {Remedy}.");
    }

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ServeAddress ParseOne(string url, string source)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw Wrong("is no address");
        }

        return address switch
        {
            { Scheme: "https" } => throw Wrong("asks for TLS, which belongs to a proxy in front of this service"),
            { Scheme: not "http" } => throw Wrong("is no address"),
            { IsNamedPipe: true } => throw Wrong("is a pipe of Windows"),
            { IsUnixPipe: true } => Path.IsPathRooted(address.UnixPipePath) && address.PathBase.Length == 0
                ? new ServeAddress(url, IsLoopback: true)
                : throw Wrong("names no socket by its full path, as http://unix:/run/scores.sock does"),
            { PathBase.Length: > 0 } => throw Wrong("has a path"),
            { Port: < 0 or > HighestPort } => throw Wrong("has no possible port"),
            _ when !IsKnown(address.Host) => throw Wrong("names neither localhost nor an IP address of this machine nor * for all of them"),
            { Port: 0 } when IsLocalhost(address.Host) =>
                throw ServeAddress.Wrong(source, url, "asks for any free port of two addresses at once", "give http://127.0.0.1:0"),
            _ => new ServeAddress(url, IsLocal(address.Host)),
        };

        UsageException Wrong(string what) => ServeAddress.Wrong(source, url, what, Remedy);
    }

    // The server would listen on every address for a name it does not know, and so for a mistyped one.
    private static bool IsKnown(string host) => IsLocalhost(host) || host is "*" or "+" || IPAddress.TryParse(host, out _);

    private static bool IsLocal(string host) =>
        IsLocalhost(host) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsLocalhost(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static UsageException Wrong(string source, string value, string what, string remedy) => new(
        source.StartsWith('-') ? $"{source} {value} {what}: {remedy}." : $"The variable {source} says '{value}', which {what}: {remedy}.");
}
