using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InceptionMl.AspNetCore.Page;

/// <summary>What browsers are told to hold the page to: it runs its own files and nothing else, and never makes markup of text.</summary>
internal static class PageHeaders
{
    // Pictures are shown from memory (blob:). Nothing is embedded, framed or submitted.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <param name="response">The answer to put them on.</param>
    /// <param name="cache">How long it may be kept.</param>
    public static void Write(HttpResponse response, string cache)
    {
        IHeaderDictionary headers = response.Headers;
        headers[HeaderNames.ContentSecurityPolicy] = Policy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
        headers[HeaderNames.CacheControl] = cache;
    }
}
