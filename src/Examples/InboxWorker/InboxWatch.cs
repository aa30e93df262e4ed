using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InboxWorker;

/// <summary>Looks at the inbox again and again until the host stops; the images under way are then dropped and stay in the inbox.</summary>
internal sealed class InboxWatch(InboxPass pass, IOptions<InboxOptions> options, TimeProvider time, ILogger<InboxWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.PollInterval, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            // The host stops now; whoever started the process is to see that it failed.
            log.LogCritical(exception, "The worker stops");
            Environment.ExitCode = 1;
            throw;
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            await pass.RunAsync(stop);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The inbox cannot be looked at now: {Problem}", exception.Message);
        }
    }
}
