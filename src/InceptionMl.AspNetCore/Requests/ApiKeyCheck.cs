using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace InceptionMl.AspNetCore;

/// <summary>Holds a request's key against the one that is asked for, in a time that tells nothing of where they differ.</summary>
internal sealed class ApiKeyCheck(string? key)
{
    public const string Header = "X-Api-Key";
    private const string Bearer = "Bearer ";

    // Of one length, whatever was sent.
    private readonly byte[]? digest = key is null ? null : Digest(key);

    /// <summary>Determines whether the request may go on.</summary>
    public bool Admits(HttpRequest request) => digest is null
        || (Sent(request) is { } sent && CryptographicOperations.FixedTimeEquals(Digest(sent), digest));

    private static string? Sent(HttpRequest request)
    {
        StringValues named = request.Headers[Header];
        if (named.Count == 1)
        {
            return named[0];
        }

        StringValues authorization = request.Headers.Authorization;
        return authorization.Count == 1 && authorization[0] is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value[Bearer.Length..].Trim()
            : null;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
