using InceptionMl.AspNetCore.Answers;
using InceptionMl.AspNetCore.Diagnostics;
using InceptionMl.AspNetCore.Queue;
using InceptionMl.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace InceptionMl.AspNetCore;

/// <summary>One request: admission, body, scores, answer. Whatever is sent, the answer is a result or a sentence about it.</summary>
internal sealed class ScoringEndpoint(HostedImageScorer scorer, ILogger<ScoringEndpoint> logger)
{
    private readonly ImageScoringOptions options = scorer.Options;
    private readonly ApiKeyCheck key = new(scorer.Options.ApiKey);

    public async Task HandleAsync(HttpContext context)
    {
        using RequestLimit limit = scorer.Limit(context.RequestAborted);
        RequestRefusedException refused;
        try
        {
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
            refused = Refusals.Of(exception);
        }
        catch (OperationCanceledException)
        {
            refused = scorer.IsReady ? Refusals.TimedOut(options.RequestTimeout) : RequestRefusedException.Stopping();
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, context.TraceIdentifier);
            refused = Refusals.Failed();
        }

        await RefuseAsync(context, refused, limit).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        RaiseServerLimit(context);
        if (!key.Admits(context.Request))
        {
            throw Refusals.WithoutKey();
        }

        ScoringQuery query = ScoringQuery.Parse(context.Request.Query);
        BodyKinds.ThrowIfEncoded(context.Request.Headers.ContentEncoding);
        (BodyKind kind, MediaTypeHeaderValue type) = BodyKinds.Of(context.Request.ContentType);
        int mostBytes = kind == BodyKind.Image ? options.MaxImageBytes : options.MaxRequestBytes;
        long declared = context.Request.ContentLength ?? 0;
        if (declared > mostBytes)
        {
            throw RequestBody.TooLong(mostBytes);
        }

        using ImageBatch batch = scorer.Admit(declared, query.Explain, cancellationToken);
        RequestBody body = new(context.Request.BodyReader, mostBytes);
        await using (body.ConfigureAwait(false))
        {
            await ReadAsync(body, kind, type, batch, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<(string Name, ImageResult Result)> results = await batch.ResultsAsync().ConfigureAwait(false);
        if (results is [(string only, { Error: { } reason } refused)])
        {
            // Where one image was all there was, and it cannot be read, the request itself is at fault.
            throw Refusals.OnlyImage(only, reason, refused.Reason);
        }

        foreach ((string name, ImageResult result) in results.Where(r => r.Result.Error is not null))
        {
            Log.ImageRefused(logger, context.TraceIdentifier, name, result.Error!);
        }

        scorer.Meters.Answered(scorer.Name, results.Count);
        await ScoringAnswer.WriteAsync(context, scorer.Name, batch.ModelVersion, results, query.Top).ConfigureAwait(false);
    }

    private async Task ReadAsync(RequestBody body, BodyKind kind, MediaTypeHeaderValue type, ImageBatch batch, CancellationToken cancellationToken)
    {
        using CancellationTokenSource reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, scorer.ReadingOver);
        try
        {
            await (kind switch
            {
                BodyKind.Multipart => MultipartImages.ReadAsync(body, type, batch, options, reading.Token),
                BodyKind.Json => JsonImages.ReadAsync(body, batch, options, reading.Token),
                _ => RawImage.ReadAsync(body, batch, options, reading.Token),
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (scorer.ReadingOver.IsCancellationRequested)
        {
            throw RequestRefusedException.Stopping(endsConnection: true);
        }
        catch (OperationCanceledException) when (scorer.IsReady)
        {
            throw Refusals.TooSlow(options.RequestTimeout);
        }
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
