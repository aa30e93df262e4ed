using InceptionMl.AspNetCore.Corrections;
using InceptionMl.AspNetCore.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore;

/// <summary>Endpoints of scorers as routes take them: each is made at its first request, when the scorer's settings have been checked.</summary>
internal static class ScorerHandlers
{
    public static RequestDelegate Scoring(string name) => Handler(name, (scorer, logs) => new ScoringEndpoint(scorer, logs.CreateLogger<ScoringEndpoint>()));

    public static RequestDelegate Model(string name) => Handler(name, (scorer, logs) => new ModelEndpoint(scorer, logs.CreateLogger<ModelEndpoint>()));

    public static RequestDelegate Correction(string name) =>
        Handler(name, (scorer, logs) => new CorrectionEndpoint(scorer, logs.CreateLogger<CorrectionEndpoint>()));

    private static RequestDelegate Handler(string name, Func<HostedImageScorer, ILoggerFactory, ScorerEndpoint> create)
    {
        ScorerEndpoint? endpoint = null;
        return context => LazyInitializer.EnsureInitialized(
            ref endpoint,
            () => create(
                context.RequestServices.GetRequiredKeyedService<HostedImageScorer>(name), context.RequestServices.GetRequiredService<ILoggerFactory>()))
            .HandleAsync(context);
    }
}
