using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace InceptionMl.AspNetCore;

/// <summary>The page at an address, and its files and settings below it.</summary>
internal static class PageEndpoints
{
    public const string Folder = "page";
    public const string SettingsName = "settings.json";
    public const string ModelName = "model.json";
    public const string CorrectionsName = "corrections";

    // A browser asks each time whether its copy is still the one, and is told so in a few bytes.
    private const string KeptWhileUnchanged = "no-cache";
    private const string NeverKept = "no-store";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <param name="page">A group at the page's address.</param>
    /// <param name="score">The scoring endpoint's address, relative to the page's.</param>
    /// <param name="scorer">The scorer's name.</param>
    public static void Map(IEndpointRouteBuilder page, string score, string scorer)
    {
        foreach (PageFile file in PageFile.All)
        {
            RequestDelegate handler = file.Name == PageFile.Index ? context => SendIndexAsync(context, file) : context => SendAsync(context, file);
            page.MapMethods(file.Name == PageFile.Index ? "/" : $"/{Folder}/{file.Name}", Reading, handler).WithDisplayName($"page {file.Name}");
        }

        page.MapMethods($"/{Folder}/{ModelName}", Reading, ScorerHandlers.Model(scorer)).WithDisplayName($"page {ModelName}");
        page.MapPost($"/{Folder}/{CorrectionsName}", ScorerHandlers.Correction(scorer)).WithDisplayName($"page {CorrectionsName}");
        page.MapMethods($"/{Folder}/{SettingsName}", Reading, context => SendSettingsAsync(context, score, scorer)).WithDisplayName($"page {SettingsName}");
    }

    // The page's files are found relative to its address, which is a folder's only with the slash at its end.
    private static Task SendIndexAsync(HttpContext context, PageFile index)
    {
        string path = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        if (path.EndsWith('/'))
        {
            return SendAsync(context, index);
        }

        context.Response.Redirect($"./{path[(path.LastIndexOf('/') + 1)..]}/{context.Request.QueryString.ToUriComponent()}");
        return Task.CompletedTask;
    }

    private static Task SendAsync(HttpContext context, PageFile file)
    {
        PageHeaders.Write(context.Response, KeptWhileUnchanged);
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: file.Tag).ExecuteAsync(context);
    }

    private static Task SendSettingsAsync(HttpContext context, string score, string name)
    {
        HostedImageScorer scorer = context.RequestServices.GetRequiredKeyedService<HostedImageScorer>(name);
        bool asksForKey = scorer.Options.ApiKey is not null;
        PageModel? model = asksForKey ? null : new PageModel(scorer.Name, scorer.ModelVersion);
        PageHeaders.Write(context.Response, NeverKept);
        return TypedResults.Json(new PageSettings(score, asksForKey, scorer.Options.MaxImageBytes, model, scorer.Corrections is not null), PageJson.Default.PageSettings).ExecuteAsync(context);
    }
}

/// <summary>What browsers are told to hold the page to: it runs its own files and nothing else, and never makes markup of text.</summary>
internal static class PageHeaders
{
    // Pictures are shown from memory (blob:). Nothing is embedded, framed or submitted.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <param name="response">The answer to put them on.</param>
    /// <param name="cache">How long it may be kept.</param>
    public static void Write(HttpResponse response, string cache)
    {
        IHeaderDictionary headers = response.Headers;
        headers[HeaderNames.ContentSecurityPolicy] = Policy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
        headers[HeaderNames.CacheControl] = cache;
    }
}
