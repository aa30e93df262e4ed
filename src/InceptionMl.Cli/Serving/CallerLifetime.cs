using Microsoft.Extensions.Hosting;

namespace InceptionMl.Cli.Serving;

/// <summary>The verb starts and stops the server; the host itself listens to no signal.</summary>
internal sealed class CallerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
