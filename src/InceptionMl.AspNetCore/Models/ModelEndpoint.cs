using InceptionMl.Models;
using InceptionMl.Scoring;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore;

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

/// <summary>What <c>GET /model</c> answers: what the model can tell apart and how good it is.</summary>
/// <param name="Name">The scorer's name.</param>
/// <param name="Version">The version that serves now.</param>
/// <param name="Created">When it was trained.</param>
/// <param name="Labels">What it tells apart, in the order of its scores.</param>
/// <param name="TestImages">How many images it was tested on that it had never seen; null if its card does not say.</param>
/// <param name="Test">The figures on them.</param>
internal sealed record ServedModel(
    string Name, string Version, DateTimeOffset? Created, IReadOnlyList<string> Labels, int? TestImages, ModelFigures Test)
{
    public static ServedModel Create(string name, ImageScorer scorer)
    {
        ModelCard card = scorer.Card;
        int? images = card.Data?.Images is { } counts && counts.TryGetValue("test", out int count) ? count : null;
        return new ServedModel(name, scorer.ModelVersion!, card.Created, scorer.Labels, images, card.Metrics?.Test ?? new ModelFigures());
    }
}
