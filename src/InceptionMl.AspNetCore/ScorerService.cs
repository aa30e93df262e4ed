using Microsoft.Extensions.Hosting;

namespace InceptionMl.AspNetCore;

/// <summary>
/// Starts a scorer before the server listens, so that the first request meets a warm model. When the application stops, the server
/// has answered what it accepted before this is told to stop.
/// </summary>
internal sealed class ScorerService(HostedImageScorer scorer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(scorer.Start, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => scorer.StopAsync(cancellationToken);
}
