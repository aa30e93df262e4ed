using InceptionMl.AspNetCore.Diagnostics;
using InceptionMl.AspNetCore.Page;
using InceptionMl.AspNetCore.Queue;
using InceptionMl.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore.Corrections;

/// <summary>
/// Keeps an image under the label that a person says is right: <c>POST ..?label=L</c> with the image as its body. A form is not taken: a browser
/// sends one for any site, and an image only for this page.
/// </summary>
internal sealed class CorrectionEndpoint(HostedImageScorer scorer, ILogger<CorrectionEndpoint> logger) : ScorerEndpoint(scorer, logger)
{
    public const string LabelName = "label";

    private readonly HostedImageScorer scorer = scorer;
    private readonly ILogger logger = logger;

    protected override async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        CorrectionFolder folder = scorer.Corrections ?? throw RequestRefusals.NotCollecting();
        BodyKinds.ThrowIfEncoded(context.Request.Headers.ContentEncoding);
        if (BodyKinds.Parse(context.Request.ContentType).Kind != BodyKind.Image)
        {
            throw RequestRefusals.CorrectionIsNoImage();
        }

        int mostBytes = MostBytes(context, BodyKind.Image);
        using ImageBatch batch = scorer.Admit(context.Request.ContentLength ?? 0, explains: false, cancellationToken);
        string label = CorrectionLabel.Parse(context.Request.Query[LabelName] is [{ } given] ? given : null, batch.Labels);
        RequestBody body = new(context.Request.BodyReader, mostBytes);
        await using (body.ConfigureAwait(false))
        {
            using EncodedImage image = await ReadAsync(token => EncodedImage.ReadAsync(body, batch, mostBytes, token), cancellationToken).ConfigureAwait(false)
                ?? throw RequestBody.TooLong(mostBytes);

            // Only what can be trained on is kept.
            ImageResult result = await batch.Add(image.Bytes).ConfigureAwait(false);
            if (result.Error is { } error)
            {
                throw RequestRefusals.OnlyImage(RawImage.Name, error, result.Reason);
            }

            KeptCorrection kept = await KeepAsync(folder, image, label, context, cancellationToken).ConfigureAwait(false);
            context.Response.Headers.CacheControl = "no-store";
            await TypedResults.Json(kept, PageJson.Default.KeptCorrection).ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    private async Task<KeptCorrection> KeepAsync(
        CorrectionFolder folder, EncodedImage image, string label, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await folder.KeepAsync(image.Bytes, label, cancellationToken).ConfigureAwait(false) ?? throw RequestRefusals.CollectedEnough();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, context.TraceIdentifier, exception.Message);
            throw RequestRefusals.NotKept();
        }
    }
}
