using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime;
using InceptionMl.Scoring;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InceptionMl.Cli.Serving;

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
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Reachable(urls.First()) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            await AskAsync(client, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // Where the machine cannot reach itself, others may: the first of them waits a little longer.
        }

        done = true;
    }

    private async Task AskAsync(HttpClient client, CancellationToken cancellationToken)
    {
        byte[] image = WarmUpImage.Jpeg();
        long start = time.GetTimestamp();
        long compiled = start;
        long methods = 0;
        while (time.GetElapsedTime(start) < Most && time.GetElapsedTime(compiled) < Settled)
        {
            foreach (HttpContent content in Forms(image))
            {
                using HttpResponseMessage response = await client.PostAsync("/score", content, cancellationToken);
                await response.Content.ReadAsByteArrayAsync(cancellationToken);
            }

            if (methods != JitInfo.GetCompiledMethodCount())
            {
                methods = JitInfo.GetCompiledMethodCount();
                compiled = time.GetTimestamp();
            }
        }
    }

    private static HttpContent[] Forms(byte[] image) =>
    [
        new ByteArrayContent(image) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
        new MultipartFormDataContent { { new ByteArrayContent(image), "images", "warm.jpg" } },
        JsonContent.Create(new { images = new[] { new { name = "warm.jpg", base64 = Convert.ToBase64String(image) } } }),
    ];

    // What listens on every address is asked on one of them.
    private static Uri Reachable(string url)
    {
        BindingAddress bound = BindingAddress.Parse(url);
        string host = bound.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : bound.Host;
        return new UriBuilder(Uri.UriSchemeHttp, host, bound.Port).Uri;
    }
}
