using InceptionMl.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InceptionMl.Cli;

/// <summary>The service as the tool runs it: InceptionMl.AspNetCore and a server, with no settings from files or variables.</summary>
internal static class ScoringServer
{
    /// <summary>What accepted requests have to be answered after the signal to stop: as long as a request may take at all.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    public static WebApplication Build(ServeOptions options, CommandContext context)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "InceptionMl.Cli" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls([.. options.Addresses.Select(a => a.Url)]);
        builder.Logging.AddProvider(new MessageLog(context.Error)).SetMinimumLevel(options.Verbose ? LogLevel.Information : LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);

        // That it is not ready yet is an answer to whoever asks, not a fault to be told of.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddSingleton(context.Time);
        builder.Services.AddRouting();
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi(document => document.AddDocumentTransformer(static (api, _, _) =>
        {
            api.Info.Title = "Image scoring";
            return Task.CompletedTask;
        }));
        builder.Services.AddSingleton<AcceptedRequests>();
        builder.Services.AddSingleton<ServerWarmUp>();
        builder.Services.AddHealthChecks().AddCheck<ServerWarmUp>("server warm-up", tags: [ServerWarmUp.ReadyTag]);
        builder.Services.AddImageScorer(options.Name, scorer =>
        {
            Open(scorer, options.Model);
            scorer.ApiKey = options.ApiKey;
            scorer.AbstainBelow = options.AbstainBelow;
            scorer.Coverage = options.Coverage;
            scorer.RequestTimeout = ShutdownTimeout;
            scorer.CollectFolder = options.Collect;
        });

        WebApplication server = builder.Build();
        server.Use(server.Services.GetRequiredService<AcceptedRequests>().CountAsync);
        if (options.TrustsProxy)
        {
            ForwardedHeadersOptions forwarded = new() { ForwardedHeaders = ForwardedHeaders.All };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            server.UseForwardedHeaders(forwarded);
        }

        server.UseExceptionHandler();
        server.UseStatusCodePages(StatusProblem.WriteAsync);
        server.MapImageScoring("/score");
        server.MapImageScoringModel("/model");
        server.MapImageScoringHealth();
        server.MapOpenApi();
        server.MapImageScoringPage("/");
        return server;
    }

    private static void Open(ImageScoringOptions scorer, string model)
    {
        if (Directory.Exists(model))
        {
            scorer.FromRegistry(model);
        }
        else
        {
            scorer.FromFile(model);
        }
    }
}

/// <summary>The verb starts and stops the server; the host itself listens to no signal.</summary>
internal sealed class CallerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The service's log as messages of the tool, a line each.</summary>
internal sealed class MessageLog(TextWriter messages) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string line = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}";
        messages.WriteLine(line.ReplaceLineEndings(" "));
    }

    public void Dispose()
    {
        // The messages belong to the tool.
    }
}

/// <summary>Problem details (RFC 9457) where nothing else answered: of one form whatever the client accepts, since clients here are programs.</summary>
internal static class StatusProblem
{
    public static Task WriteAsync(StatusCodeContext status)
    {
        HttpContext context = status.HttpContext;
        int code = context.Response.StatusCode;
        string title = ReasonPhrases.GetReasonPhrase(code);
        return TypedResults.Problem(
            Sentence(code, context.Request.Method),
            statusCode: code,
            title: title.Length > 0 ? title : null,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["requestId"] = context.TraceIdentifier })
            .ExecuteAsync(context);
    }

    private static string? Sentence(int code, string method) => code switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address: the page is at /, and images are sent to /score.",
        StatusCodes.Status405MethodNotAllowed => $"This address does not take {method}: the header Allow says what it takes.",
        _ => null,
    };
}

/// <summary>What is served, and to whom.</summary>
/// <param name="Model">The model zip, or a registry's folder.</param>
/// <param name="Addresses">Where to listen.</param>
/// <param name="ApiKey">The key to ask for; null asks for none.</param>
/// <param name="Verbose">Whether to tell more than warnings.</param>
internal sealed record ServeOptions(string Model, IReadOnlyList<ServeAddress> Addresses, string? ApiKey, bool Verbose)
{
    /// <summary>Gets the probability below which the best label's outcome is uncertain; null accepts every answer.</summary>
    public float? AbstainBelow { get; init; }

    /// <summary>Gets the share of images whose set of labels is to hold the true one; null for what the model says.</summary>
    public double? Coverage { get; init; }

    /// <summary>Gets the folder that corrections of people are kept in; null takes none.</summary>
    public string? Collect { get; init; }

    /// <summary>Gets a value that indicates whether a proxy in front is trusted to say what address it was asked at, in X-Forwarded-*.</summary>
    public bool TrustsProxy { get; init; }

    /// <summary>Gets the model's name in answers.</summary>
    public string Name { get; } =
        Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Model))) is { Length: > 0 } name ? name : "model";
}
