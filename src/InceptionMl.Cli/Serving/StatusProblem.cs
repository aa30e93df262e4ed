using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace InceptionMl.Cli.Serving;

/// <summary>Problem details (RFC 9457) where nothing else answered: of one form whatever the client accepts, since clients here are programs.</summary>
internal static class StatusProblem
{
    public static Task WriteAsync(StatusCodeContext status)
    {
        HttpContext context = status.HttpContext;
        int code = context.Response.StatusCode;
        string title = ReasonPhrases.GetReasonPhrase(code);
        return TypedResults.Problem(
            Sentence(code, context.Request.Method),
            statusCode: code,
            title: title.Length > 0 ? title : null,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["requestId"] = context.TraceIdentifier })
            .ExecuteAsync(context);
    }

    private static string? Sentence(int code, string method) => code switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address: the page is at /, and images are sent to /score.",
        StatusCodes.Status405MethodNotAllowed => $"This address does not take {method}: the header Allow says what it takes.",
        _ => null,
    };
}
