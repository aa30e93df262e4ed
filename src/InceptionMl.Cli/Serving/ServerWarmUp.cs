using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime;
using InceptionMl.Scoring.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InceptionMl.Cli;

/// <summary>
/// Asks the server itself before it is called ready, in each form that requests come in. The model is warm by then, but a server's own
/// code is compiled with its first requests, which took some hundred milliseconds of the first answer. Goes on until nothing is compiled any more.
/// </summary>
internal sealed class ServerWarmUp(TimeProvider time) : IHealthCheck
{
    public const string ReadyTag = "ready";

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    // What is called often is compiled anew for speed, a tenth of a second after the last such discovery.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(300);

    private volatile bool done;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The server is warming up."));

    public async Task RunAsync(IEnumerable<string> urls, string? key, CancellationToken cancellationToken)
    {
        BindingAddress bound = BindingAddress.Parse(urls.First());
        using HttpClient kept = Client(bound, key, Timeout.InfiniteTimeSpan);
        using HttpClient anew = Client(bound, key, TimeSpan.Zero);
        try
        {
            await AskAsync([kept, anew], cancellationToken);
        }
        catch (HttpRequestException)
        {
            // Where the machine cannot reach itself, others may: the first of them waits a little longer.
        }

        done = true;
    }

    /// <param name="bound">Where the server listens.</param>
    /// <param name="key">The key to send; null for none.</param>
    /// <param name="lifetime">How long a connection is used: zero opens one for each request, as somebody's first request does.</param>
    private static HttpClient Client(BindingAddress bound, string? key, TimeSpan lifetime)
    {
        SocketsHttpHandler handler = new() { UseProxy = false, PooledConnectionLifetime = lifetime };
        if (bound.IsUnixPipe)
        {
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(bound.UnixPipePath, cancellationToken);
        }

        HttpClient client = new(handler) { BaseAddress = Reachable(bound) };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private async Task AskAsync(HttpClient[] clients, CancellationToken cancellationToken)
    {
        byte[] image = WarmUpImage.Jpeg();
        long start = time.GetTimestamp();
        long compiled = start;
        long methods = 0;
        while (time.GetElapsedTime(start) < Most && time.GetElapsedTime(compiled) < Settled)
        {
            foreach (HttpClient client in clients)
            {
                foreach (HttpContent content in Forms(image))
                {
                    using HttpResponseMessage response = await client.PostAsync("/score", content, cancellationToken);
                    await response.Content.ReadAsByteArrayAsync(cancellationToken);
                }
            }

            if (methods != JitInfo.GetCompiledMethodCount())
            {
                methods = JitInfo.GetCompiledMethodCount();
                compiled = time.GetTimestamp();
            }
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static HttpContent[] Forms(byte[] image) =>
    [
        new ByteArrayContent(image) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
        new MultipartFormDataContent { { new ByteArrayContent(image), "images", "warm.jpg" } },
        JsonContent.Create(new { images = new[] { new { name = "warm.jpg", base64 = Convert.ToBase64String(image) } } }),
    ];

    // What listens on every address is asked on one of them.
    private static Uri Reachable(BindingAddress bound)
    {
        if (bound.IsUnixPipe)
        {
            return new Uri("http://localhost");
        }

        string host = bound.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : bound.Host;
        return new UriBuilder(Uri.UriSchemeHttp, host, bound.Port).Uri;
    }
}
