using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace InceptionMl.Benchmarks.Serving;

/// <summary>Sends images to a server and keeps what came back and when.</summary>
internal sealed class Load : IDisposable
{
    private readonly HttpClient client;
    private readonly byte[][] images;

    public Load(Uri address, byte[][] images)
    {
        this.images = images;
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>So many connections, each sending its next image when it has its answer.</summary>
    public async Task<LoadResult> KeepAsync(int connections, TimeSpan duration)
    {
        ConcurrentBag<(double Milliseconds, HttpStatusCode Status)> answers = [];
        int next = -1;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                answers.Add(await SendAsync(Interlocked.Increment(ref next), Stopwatch.GetTimestamp()));
            }
        })));
        return new LoadResult([.. answers], Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Images at random moments (a Poisson process), whether the ones before them are answered or not. Latency counts from the moment.</summary>
    public async Task<LoadResult> PaceAsync(double perSecond, TimeSpan duration, int seed)
    {
        Random random = new(seed);
        List<Task<(double Milliseconds, HttpStatusCode Status)>> answers = [];
        long start = Stopwatch.GetTimestamp();
        double due = 0;
        while ((due += -Math.Log(1 - random.NextDouble()) / perSecond) < duration.TotalSeconds)
        {
            long moment = start + (long)(due * Stopwatch.Frequency);
            TimeSpan ahead = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), moment);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead);
            }

            int index = answers.Count;
            answers.Add(Task.Run(() => SendAsync(index, moment)));
        }

        return new LoadResult(await Task.WhenAll(answers), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>One image after another.</summary>
    public async Task<LoadResult> InTurnAsync(int count)
    {
        long start = Stopwatch.GetTimestamp();
        List<(double, HttpStatusCode)> answers = [];
        for (int i = 0; i < count; i++)
        {
            answers.Add(await SendAsync(i, Stopwatch.GetTimestamp()));
        }

        return new LoadResult(answers, Stopwatch.GetElapsedTime(start));
    }

    public void Dispose() => client.Dispose();

    private async Task<(double Milliseconds, HttpStatusCode Status)> SendAsync(int index, long moment)
    {
        using ByteArrayContent image = new(images[index % images.Length]);
        image.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using HttpResponseMessage response = await client.PostAsync("/score", image);
        await response.Content.ReadAsByteArrayAsync();
        return (Stopwatch.GetElapsedTime(moment).TotalMilliseconds, response.StatusCode);
    }
}
