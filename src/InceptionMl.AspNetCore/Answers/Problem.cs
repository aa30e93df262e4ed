using InceptionMl.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace InceptionMl.AspNetCore.Answers;

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

        context.Response.Headers.CacheControl = "no-store";
        Dictionary<string, object?> extensions = new(StringComparer.Ordinal) { ["requestId"] = context.TraceIdentifier };
        if (refused.Part is { } part)
        {
            extensions["part"] = part;
        }

        await TypedResults.Problem(
            refused.Message, statusCode: refused.Status, title: ReasonPhrases.GetReasonPhrase(refused.Status), extensions: extensions)
            .ExecuteAsync(context).ConfigureAwait(false);
    }
}
