using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>An application with one scorer on a real server and a free port of the loopback address.</summary>
internal sealed class ScoringApp : IAsyncDisposable
{
    public const string Name = "fasteners";

    private ScoringApp(WebApplication app)
    {
        App = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Scorer = app.Services.GetRequiredKeyedService<HostedImageScorer>(Name);
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public HostedImageScorer Scorer { get; }

    public int Port => Client.BaseAddress!.Port;

    public static async Task<ScoringApp> StartAsync(
        Action<ImageScoringOptions> configure,
        Action<IServiceCollection>? services = null,
        Action<WebApplication, IEndpointConventionBuilder>? pipeline = null,
        string? defaultName = null)
    {
        WebApplication app = Build(configure, services, pipeline, defaultName);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ScoringApp(app);
    }

    public static WebApplication Build(
        Action<ImageScoringOptions> configure,
        Action<IServiceCollection>? services = null,
        Action<WebApplication, IEndpointConventionBuilder>? pipeline = null,
        string? defaultName = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddImageScorer(Name, configure);
        builder.Services.AddOpenApi();
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        IEndpointConventionBuilder endpoint = app.MapImageScoring("/score", defaultName);
        app.MapImageScoringHealth();
        app.MapOpenApi();
        pipeline?.Invoke(app, endpoint);
        return app;
    }

    public Task<HttpResponseMessage> PostAsync(byte[] image, string type = "image/jpeg", string query = "") =>
        PostAsync(Raw(image, type), query);

    public Task<HttpResponseMessage> PostAsync(HttpContent content, string query = "") =>
        Client.PostAsync($"/score{query}", content, TestContext.Current.CancellationToken);

    public static HttpContent Raw(byte[] image, string? type)
    {
        ByteArrayContent content = new(image);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public static MultipartFormDataContent Form(params (string Name, byte[] Bytes)[] files)
    {
        MultipartFormDataContent form = [];
        foreach ((string name, byte[] bytes) in files)
        {
            form.Add(new ByteArrayContent(bytes), "images", name);
        }

        return form;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>The results of an answer, its form checked.</summary>
    public static async Task<JsonElement[]> ResultsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return [.. (await JsonAsync(response)).GetProperty("results").EnumerateArray()];
    }

    /// <summary>The problem that an answer holds, its form checked.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await JsonAsync(response);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("requestId").GetString()!);
        Assert.NotEmpty(problem.GetProperty("type").GetString()!);
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        string detail = problem.GetProperty("detail").GetString()!;
        Assert.EndsWith(".", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", detail, StringComparison.Ordinal);
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
