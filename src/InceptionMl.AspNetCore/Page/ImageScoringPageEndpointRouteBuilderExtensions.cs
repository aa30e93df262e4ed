using InceptionMl.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the web page for people.</summary>
public static class ImageScoringPageEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a page on which people drop or choose images, or take one, and see what the scorer says of them. Its files are in this
    /// package, under <c>page/</c> below its address, and nothing is loaded from elsewhere. What is returned takes the framework's own
    /// policies, such as <c>.RequireAuthorization()</c>.
    /// </summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The page's address.</param>
    /// <param name="score">The address that <c>MapImageScoring</c> was given.</param>
    /// <param name="name">The scorer's name; null is the only one that is registered.</param>
    /// <exception cref="InvalidOperationException">No scorer of this name is registered, or none is named where there are several.</exception>
    public static IEndpointConventionBuilder MapImageScoringPage(
        this IEndpointRouteBuilder endpoints, string pattern = "/", string score = "/score", string? name = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(score);
        string scorer = RegisteredScorer.Find(endpoints.ServiceProvider, name);
        int depth = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Length;

        // Relative, so that it holds behind a proxy that serves the application under a path of its own.
        string relative = string.Concat(Enumerable.Repeat("../", depth)) + score.TrimStart('/');
        RouteGroupBuilder page = endpoints.MapGroup(pattern);
        PageEndpoints.Map(page, relative, scorer);
        return page.ExcludeFromDescription();
    }
}
