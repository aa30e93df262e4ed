using InceptionMl.Images;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace InceptionMl.AspNetCore;

/// <summary>
/// Answers for endpoints of the application itself that score: an image that cannot be read is the request's fault, 422 or 413, and a scorer with
/// too much to do is 503. What else is thrown is left to others.
/// </summary>
internal sealed class ImageExceptionHandler : IExceptionHandler
{
    // Of whichever scorer it is.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        RequestRefusedException? refused = exception switch
        {
            ImageRefusedException image => RequestRefusals.Image(image),
            ScoringOverloadedException { InnerException: RequestRefusedException overloaded } => overloaded,
            _ => null,
        };
        if (refused is null || httpContext.Response.HasStarted)
        {
            return false;
        }

        httpContext.Response.StatusCode = refused.Status;
        await Problem.WriteAsync(httpContext, refused, RetryAfter).ConfigureAwait(false);
        return true;
    }
}
