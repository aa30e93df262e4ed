using Microsoft.AspNetCore.Http;

namespace InceptionMl.AspNetCore.Requests;

/// <summary>A request that is answered with problem details. The message is one sentence for whoever sent it.</summary>
internal sealed class RequestRefusedException(int status, string message) : Exception(message)
{
    /// <summary>The <see cref="Rejection"/> of a service that stops.</summary>
    public const string StoppingWord = "stopping";

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Gets the part of the request that is at fault, by its name; null if it is the request itself.</summary>
    public string? Part { get; init; }

    /// <summary>Gets a value that indicates whether the rest of its body is not waited for: a server that stops would wait for it as long as it may stop at all.</summary>
    public bool EndsConnection { get; init; }

    /// <summary>Gets one word that says why a valid request was answered with 503; null for other refusals.</summary>
    public string? Rejection { get; init; }

    public static RequestRefusedException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    public static RequestRefusedException TooLarge(string message) => new(StatusCodes.Status413PayloadTooLarge, message);

    public static RequestRefusedException Overloaded() =>
        new(StatusCodes.Status503ServiceUnavailable, "More images are waiting than this service takes: try again in a moment.") { Rejection = "overloaded" };

    public static RequestRefusedException Stopping(bool endsConnection = false) =>
        new(StatusCodes.Status503ServiceUnavailable, "This service is stopping: try again in a moment.")
        {
            EndsConnection = endsConnection,
            Rejection = StoppingWord,
        };
}
