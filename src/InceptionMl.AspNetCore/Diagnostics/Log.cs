using InceptionMl.Scoring;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore;

/// <summary>What the service tells. Names of images may be personal: they appear at Debug only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Scorer {Scorer} serves version {Version} of {Path} with {Workers} workers.")]
    public static partial void Ready(ILogger logger, string scorer, string version, string path, int workers);

    [LoggerMessage(2, LogLevel.Information, "Scorer {Scorer} serves version {Version} in place of {Former}.")]
    public static partial void Swapped(ILogger logger, string scorer, string version, string former);

    [LoggerMessage(3, LogLevel.Warning, "Scorer {Scorer}: {Problem}")]
    public static partial void KeepsFormer(ILogger logger, string scorer, string problem);

    [LoggerMessage(4, LogLevel.Information, "Scorer {Scorer} has scored what it accepted and stops.")]
    public static partial void Stopped(ILogger logger, string scorer);

    [LoggerMessage(5, LogLevel.Warning, "Scorer {Scorer} stops before {Images} images are scored: the time to stop is over.")]
    public static partial void Abandoned(ILogger logger, string scorer, int images);

    [LoggerMessage(6, LogLevel.Debug, "Request {RequestId} is refused with {Status}: {Reason}")]
    public static partial void Refused(ILogger logger, string requestId, int status, string reason);

    [LoggerMessage(7, LogLevel.Debug, "Request {RequestId}: {Image} {Reason}")]
    public static partial void ImageRefused(ILogger logger, string requestId, string image, string reason);

    [LoggerMessage(8, LogLevel.Error, "Request {RequestId} failed.")]
    public static partial void Failed(ILogger logger, Exception exception, string requestId);

    [LoggerMessage(10, LogLevel.Warning, "Request {RequestId}: a correction could not be kept: {Reason}")]
    public static partial void NotKept(ILogger logger, string requestId, string reason);

    [LoggerMessage(9, LogLevel.Information, "Scorer {Scorer}: what was promoted can be used again, and is version {Version}, which serves.")]
    public static partial void Recovered(ILogger logger, string scorer, string version);
}

/// <summary>Writes down what became of a newly promoted model.</summary>
internal sealed class ReloadLog(string scorer, ILogger logger) : IProgress<ModelReload>
{
    public void Report(ModelReload value)
    {
        if (value.Replaced is { } former)
        {
            Log.Swapped(logger, scorer, value.Serving, former);
        }
        else if (value.Problem is { } problem)
        {
            Log.KeepsFormer(logger, scorer, problem);
        }
        else
        {
            Log.Recovered(logger, scorer, value.Serving);
        }
    }
}
