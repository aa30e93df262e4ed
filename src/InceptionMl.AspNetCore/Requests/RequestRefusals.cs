using System.Globalization;
using InceptionMl.Images;
using Microsoft.AspNetCore.Http;

namespace InceptionMl.AspNetCore;

/// <summary>The sentences in which requests are refused whatever form their images come in.</summary>
internal static class RequestRefusals
{
    public static RequestRefusedException WithoutKey() => new(
        StatusCodes.Status401Unauthorized, $"This service asks for a key: send it in the header {ApiKeyCheck.Header} or as Authorization: Bearer.");

    /// <summary>The only image of a request cannot be read.</summary>
    public static RequestRefusedException OnlyImage(string name, string error, ImageRefusal? reason) =>
        new(StatusOf(reason), $"{name} {error}.") { Part = name };

    private static int StatusOf(ImageRefusal? reason) =>
        reason == ImageRefusal.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity;

    /// <summary>An image that code of the application had scored cannot be read.</summary>
    public static RequestRefusedException Image(ImageRefusedException exception) =>
        new(StatusOf(exception.Reason), $"The image {exception.Description}."); // The name may be a path of the server's.

    public static RequestRefusedException TimedOut(TimeSpan limit) =>
        new(StatusCodes.Status503ServiceUnavailable, string.Create(
            CultureInfo.InvariantCulture, $"The request was not answered within {limit.TotalSeconds:0.###} s: try again in a moment."))
        {
            Rejection = "timeout",
        };

    public static RequestRefusedException TooSlow(TimeSpan limit) => new(
        StatusCodes.Status408RequestTimeout,
        string.Create(CultureInfo.InvariantCulture, $"The request's body did not arrive within {limit.TotalSeconds:0.###} s: send less, or faster."));

    public static RequestRefusedException NotCollecting() =>
        new(StatusCodes.Status404NotFound, "This service keeps no corrections: its owner can set a folder for them.");

    public static RequestRefusedException CorrectionIsNoImage() => new(
        StatusCodes.Status415UnsupportedMediaType, "A correction is one image with its content type, and its label in the query.");

    public static RequestRefusedException CollectedEnough() =>
        new(StatusCodes.Status507InsufficientStorage, "This service holds as many corrections as it may: tell its owner.");

    public static RequestRefusedException NotKept() =>
        new(StatusCodes.Status507InsufficientStorage, "The correction could not be kept: tell the service's owner the request id.");

    public static RequestRefusedException Failed() => new(
        StatusCodes.Status500InternalServerError, "This service could not score the request: tell its owner the request id.");

    /// <summary>What the server itself found wrong while the body was read.</summary>
    public static RequestRefusedException FromBadRequest(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge =>
            RequestRefusedException.TooLarge("The request's body has more bytes than the server takes: send smaller images, or fewer at once."),
        StatusCodes.Status408RequestTimeout =>
            new RequestRefusedException(exception.StatusCode, "The request's body came too slowly: send it again over a better connection."),
        _ => RequestRefusedException.Malformed("The request's body is malformed or ends too early: send it whole."),
    };
}

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
