using InceptionMl.AspNetCore.Page;
using InceptionMl.Scoring;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore.Models;

/// <summary>Tells what the model can tell apart, to whoever may ask it.</summary>
internal sealed class ModelEndpoint(HostedImageScorer scorer, ILogger<ModelEndpoint> logger) : ScorerEndpoint(scorer, logger)
{
    private readonly HostedImageScorer scorer = scorer;

    protected override Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using ImageScorer model = scorer.Acquire();
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(ServedModel.Create(scorer.Name, model), PageJson.Default.ServedModel).ExecuteAsync(context);
    }
}
