using InceptionMl.AspNetCore;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps scorers to addresses.</summary>
public static class ImageScoringEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>POST pattern</c> to a scorer: <c>multipart/form-data</c> with any number of file parts, an image with its content type, or
    /// <c>{"images":[{"name":"..","base64":".."}]}</c>; query <c>top</c>. The framework's own policies are put on what is returned:
    /// <c>.RequireRateLimiting("..")</c>, <c>.RequireCors("..")</c>, <c>.RequireAuthorization()</c>.
    /// </summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The address, such as <c>/score</c>.</param>
    /// <param name="name">The scorer's name; null is the only one that is registered.</param>
    /// <exception cref="InvalidOperationException">No scorer of this name is registered, or none is named where there are several.</exception>
    public static IEndpointConventionBuilder MapImageScoring(this IEndpointRouteBuilder endpoints, string pattern, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        string scorer = RegisteredScorer.Find(endpoints.ServiceProvider, name);
        RequestDelegate scoring = ScorerHandlers.Scoring(scorer);

        // As a delegate of its own the route tells OpenAPI of itself, which a RequestDelegate does not.
        Delegate handler = (HttpContext context) => scoring(context);
        return endpoints.MapPost(pattern, handler)
            .WithDisplayName($"score images with {scorer}")
            .WithTags("Scoring")
            .AddOpenApiOperationTransformer((operation, context, _) =>
            {
                bool asksForKey = context.ApplicationServices.GetRequiredKeyedService<HostedImageScorer>(scorer).Options.ApiKey is not null;
                ScoringOperation.Describe(context.Description.RelativePath, operation, context.Document!, asksForKey);
                return Task.CompletedTask;
            });
    }

    /// <summary>
    /// Maps <c>GET pattern</c> to what the model is: <c>{"name":"..","version":"..","created":"..","labels":[..],"testImages":n,"test":{"accuracy":..}}</c>.
    /// It asks for the scorer's key where there is one.
    /// </summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The address.</param>
    /// <param name="name">The scorer's name; null is the only one that is registered.</param>
    /// <exception cref="InvalidOperationException">No scorer of this name is registered, or none is named where there are several.</exception>
    public static IEndpointConventionBuilder MapImageScoringModel(this IEndpointRouteBuilder endpoints, string pattern = "/model", string? name = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        string scorer = RegisteredScorer.Find(endpoints.ServiceProvider, name);
        return endpoints.MapGet(pattern, ScorerHandlers.Model(scorer)).WithDisplayName($"tell what {scorer} is");
    }

    /// <summary>
    /// Maps <c>GET /health/live</c>, which answers while the process does, and <c>GET /health/ready</c>, which answers 200 while every
    /// scorer (and every other health check of the tag <c>ready</c>) is ready, and 503 otherwise.
    /// </summary>
    /// <param name="endpoints">The application's routes.</param>
    public static IEndpointConventionBuilder MapImageScoringHealth(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RouteGroupBuilder health = endpoints.MapGroup("/health");
        health.MapHealthChecks("/live", new HealthCheckOptions { Predicate = static _ => false });
        health.MapHealthChecks("/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(ImageScoringHealth.ReadyTag) });
        return health;
    }
}
