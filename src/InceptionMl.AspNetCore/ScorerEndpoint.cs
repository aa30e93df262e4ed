using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore;

/// <summary>An endpoint of a scorer: it asks for the key, keeps the time, and whatever is sent, the answer is a result or a sentence about it.</summary>
internal abstract class ScorerEndpoint(HostedImageScorer scorer, ILogger logger)
{
    private readonly ImageScoringOptions options = scorer.Options;
    private readonly ApiKeyCheck key = new(scorer.Options.ApiKey);

    public async Task HandleAsync(HttpContext context)
    {
        using RequestLimit limit = scorer.Limit(context.RequestAborted);
        RequestRefusedException refused;
        try
        {
            RaiseServerLimit(context);
            if (!key.Admits(context.Request))
            {
                throw RequestRefusals.WithoutKey();
            }

            await AnswerAsync(context, limit.Token).ConfigureAwait(false);
            return;
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone; there is nobody to answer.
            return;
        }
        catch (RequestRefusedException exception)
        {
            refused = exception;
        }
        catch (BadHttpRequestException exception)
        {
            refused = RequestRefusals.FromBadRequest(exception);
        }
        catch (OperationCanceledException)
        {
            refused = scorer.IsReady ? RequestRefusals.TimedOut(options.RequestTimeout) : RequestRefusedException.Stopping();
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, context.TraceIdentifier);
            refused = RequestRefusals.Failed();
        }

        await RefuseAsync(context, refused, limit).ConfigureAwait(false);
    }

    /// <summary>Answers a request that has the key.</summary>
    /// <exception cref="RequestRefusedException">The request is answered with problem details.</exception>
    protected abstract Task AnswerAsync(HttpContext context, CancellationToken cancellationToken);

    /// <summary>Waits for a body to be read, until its time is over or the application stops.</summary>
    protected async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using CancellationTokenSource reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, scorer.ReadingOver);
        try
        {
            return await read(reading.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (scorer.ReadingOver.IsCancellationRequested)
        {
            throw RequestRefusedException.Stopping(endsConnection: true);
        }
        catch (OperationCanceledException) when (scorer.IsReady)
        {
            throw RequestRefusals.TooSlow(options.RequestTimeout);
        }
    }

    /// <summary>The most bytes that a body of this kind may have.</summary>
    /// <exception cref="RequestRefusedException">It says that it has more.</exception>
    protected int MostBytes(HttpContext context, BodyKind kind)
    {
        int most = kind == BodyKind.Image ? options.MaxImageBytes : options.MaxRequestBytes;
        return (context.Request.ContentLength ?? 0) <= most ? most : throw RequestBody.TooLong(most);
    }

    // The server's limit would cut bodies off that ours lets through.
    private void RaiseServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = Math.Max(options.MaxRequestBytes, options.MaxImageBytes);
        }
    }

    private async Task RefuseAsync(HttpContext context, RequestRefusedException refused, RequestLimit limit)
    {
        // Images of it that no worker has yet are given up.
        await limit.CancelAsync().ConfigureAwait(false);
        Log.Refused(logger, context.TraceIdentifier, refused.Status, refused.Message);
        if (refused.Rejection is { } rejection)
        {
            scorer.Meters.Rejected(scorer.Name, rejection);
        }

        try
        {
            await Problem.WriteAsync(context, refused, options.RetryAfter).ConfigureAwait(false);
            if (refused.EndsConnection)
            {
                await context.Response.CompleteAsync().ConfigureAwait(false);
                context.Abort();
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked went while the answer was written.
        }
    }
}

/// <summary>Endpoints of scorers as routes take them: each is made at its first request, when the scorer's settings have been checked.</summary>
internal static class ScorerHandlers
{
    public static RequestDelegate Scoring(string name) => Handler(name, (scorer, logs) => new ScoringEndpoint(scorer, logs.CreateLogger<ScoringEndpoint>()));

    public static RequestDelegate Model(string name) => Handler(name, (scorer, logs) => new ModelEndpoint(scorer, logs.CreateLogger<ModelEndpoint>()));

    public static RequestDelegate Correction(string name) =>
        Handler(name, (scorer, logs) => new CorrectionEndpoint(scorer, logs.CreateLogger<CorrectionEndpoint>()));

    private static RequestDelegate Handler(string name, Func<HostedImageScorer, ILoggerFactory, ScorerEndpoint> create)
    {
        ScorerEndpoint? endpoint = null;
        return context => LazyInitializer.EnsureInitialized(
            ref endpoint,
            () => create(
                context.RequestServices.GetRequiredKeyedService<HostedImageScorer>(name), context.RequestServices.GetRequiredService<ILoggerFactory>()))
            .HandleAsync(context);
    }
}
