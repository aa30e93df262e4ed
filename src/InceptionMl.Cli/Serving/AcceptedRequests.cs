using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace InceptionMl.Cli;

/// <summary>
/// Stops the server when what it accepted is answered. By itself it would wait for every connection, and so, up to its time limit for them,
/// for those that stall before their request's head is whole, of which nothing was accepted.
/// </summary>
internal sealed class AcceptedRequests(TimeProvider time)
{
    // For a head that is just arriving, and for the last answer to reach the network.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private int underWay;

    /// <summary>Middleware that counts a request until its answer is written.</summary>
    public Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref underWay);
        context.Response.OnCompleted(() =>
        {
            Interlocked.Decrement(ref underWay);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Asks the server to stop, and ends the connections that are left when no request has been under way for a second.</summary>
    public async Task StopAsync(IHost server)
    {
        using CancellationTokenSource over = new();
        Task stopping = server.StopAsync(over.Token);
        TimeSpan quiet = TimeSpan.Zero;
        while (quiet < Grace && !stopping.IsCompleted)
        {
            await Task.WhenAny(stopping, Task.Delay(Look, time, CancellationToken.None));
            quiet = Volatile.Read(ref underWay) == 0 ? quiet + Look : TimeSpan.Zero;
        }

        await over.CancelAsync();
        await stopping;
    }
}
