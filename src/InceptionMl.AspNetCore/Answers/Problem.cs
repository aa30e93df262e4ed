using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace InceptionMl.AspNetCore;

/// <summary>Problem details (RFC 9457): a sentence, the request's id, the part at fault where there is one, and nothing of our insides.</summary>
internal static class Problem
{
    public static async Task WriteAsync(HttpContext context, RequestRefusedException refused, TimeSpan retryAfter)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        if (refused.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = FormattableString.Invariant($"{Math.Ceiling(retryAfter.TotalSeconds):0}");
        }
        else if (refused.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        if (!WholeBodyIsDrained(refused.Status) && !HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            // A client that takes the connection for its next request would find it closed where the rest of this body is too much.
            context.Response.Headers.Connection = "close";
        }

        context.Response.Headers.CacheControl = "no-store";
        Dictionary<string, object?> extensions = new(StringComparer.Ordinal) { ["requestId"] = context.TraceIdentifier };
        if (refused.Part is { } part)
        {
            extensions["part"] = part;
        }

        await TypedResults.Problem(
            refused.Message, statusCode: refused.Status, title: ReasonPhrases.GetReasonPhrase(refused.Status), type: TypeOf(refused.Status), extensions: extensions)
            .ExecuteAsync(context).ConfigureAwait(false);
    }

    // The framework knows the types of the others.
    private static string? TypeOf(int status) =>
        status == StatusCodes.Status507InsufficientStorage ? "https://tools.ietf.org/html/rfc4918#section-11.5" : null;

    private static bool WholeBodyIsDrained(int status) => status is StatusCodes.Status422UnprocessableEntity or StatusCodes.Status503ServiceUnavailable;
}
