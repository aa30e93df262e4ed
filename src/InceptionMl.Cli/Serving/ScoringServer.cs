using InceptionMl.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InceptionMl.Cli.Serving;

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
