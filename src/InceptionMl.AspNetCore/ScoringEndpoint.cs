using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace InceptionMl.AspNetCore;

/// <summary>One request: admission, body, scores, answer.</summary>
internal sealed class ScoringEndpoint(HostedImageScorer scorer, ILogger<ScoringEndpoint> logger) : ScorerEndpoint(scorer, logger)
{
    private readonly HostedImageScorer scorer = scorer;
    private readonly ILogger logger = logger;

    protected override async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        ScoringQuery query = ScoringQuery.Parse(context.Request.Query);
        BodyKinds.ThrowIfEncoded(context.Request.Headers.ContentEncoding);
        (BodyKind kind, MediaTypeHeaderValue type) = BodyKinds.Parse(context.Request.ContentType);
        int mostBytes = MostBytes(context, kind);
        using ImageBatch batch = scorer.Admit(context.Request.ContentLength ?? 0, query.Explain, cancellationToken);
        RequestBody body = new(context.Request.BodyReader, mostBytes);
        await using (body.ConfigureAwait(false))
        {
            await ReadAsync(token => ReadImagesAsync(body, kind, type, batch, token), cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<(string Name, ImageResult Result)> results = await batch.ResultsAsync().ConfigureAwait(false);
        if (results is [(string only, { Error: { } reason } refused)])
        {
            // Where one image was all there was, and it cannot be read, the request itself is at fault.
            throw RequestRefusals.OnlyImage(only, reason, refused.Reason);
        }

        foreach ((string name, ImageResult result) in results.Where(r => r.Result.Error is not null))
        {
            Log.ImageRefused(logger, context.TraceIdentifier, name, result.Error!);
        }

        scorer.Meters.Answered(scorer.Name, results.Count);
        await ScoringAnswer.WriteAsync(context, scorer.Name, batch.ModelVersion, results, query.Top).ConfigureAwait(false);
    }

    private async Task<bool> ReadImagesAsync(RequestBody body, BodyKind kind, MediaTypeHeaderValue type, ImageBatch batch, CancellationToken cancellationToken)
    {
        ImageScoringOptions options = scorer.Options;
        await (kind switch
        {
            BodyKind.Multipart => MultipartImages.ReadAsync(body, type, batch, options, cancellationToken),
            BodyKind.Json => JsonImages.ReadAsync(body, batch, options, cancellationToken),
            _ => RawImage.ReadAsync(body, batch, options, cancellationToken),
        }).ConfigureAwait(false);
        return true;
    }
}
