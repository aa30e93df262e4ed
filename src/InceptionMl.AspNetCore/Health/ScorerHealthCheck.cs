using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InceptionMl.AspNetCore;

/// <summary>Healthy from the end of a scorer's warm-up until it is told to stop.</summary>
internal sealed class ScorerHealthCheck(HostedImageScorer scorer) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(scorer.IsReady
            ? HealthCheckResult.Healthy($"The scorer '{scorer.Name}' serves version {scorer.ModelVersion}.")
            : new HealthCheckResult(context.Registration.FailureStatus, $"The scorer '{scorer.Name}' is starting or stopping."));
}

/// <summary>How the health checks of scorers are told from others.</summary>
internal static class ImageScoringHealth
{
    public const string ReadyTag = "ready";
}
