using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using InceptionMl.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>More than can be done, too slow to be done, and the end of the application: everybody is answered.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class OverloadTests(TrainedDemo demo)
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    private Task<ScoringApp> StartAsync(Gate gate, Action<ImageScoringOptions>? configure = null) => ScoringApp.StartAsync(o =>
    {
        o.FromFile(demo.Model);
        o.Score = gate.Score;
        configure?.Invoke(o);
    });

    [Fact]
    public async Task Ten_times_what_the_queue_takes_is_answered_200_or_503()
    {
        using Gate gate = new();
        await using ScoringApp app = await StartAsync(gate, o => (o.QueueLength, o.MaxImages, o.RetryAfter) = (8, 1, TimeSpan.FromSeconds(7)));

        List<Task<HttpResponseMessage>> requests = [.. Enumerable.Range(0, 80).Select(_ => app.PostAsync(Image))];
        List<Task<HttpResponseMessage>> open = [.. requests];
        while (open.Count > 8)
        {
            open.Remove(await Task.WhenAny(open));
        }

        Assert.Equal(8, app.Scorer.Waiting);
        gate.Open();
        HttpResponseMessage[] responses = await Task.WhenAll(requests);

        Assert.Equal(8, responses.Count(r => r.StatusCode == HttpStatusCode.OK));
        HttpResponseMessage[] refused = [.. responses.Where(r => r.StatusCode != HttpStatusCode.OK)];
        Assert.All(refused, r => Assert.Equal(TimeSpan.FromSeconds(7), r.Headers.RetryAfter?.Delta));
        await ScoringApp.ProblemAsync(refused[0], 503);
        Assert.Equal((0, 0L), (app.Scorer.Waiting, app.Scorer.HeldBytes));
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync(Image)).StatusCode);
    }

    [Fact]
    public async Task A_request_whose_images_find_no_place_gives_back_those_it_had()
    {
        using Gate gate = new();
        await using ScoringApp app = await StartAsync(gate, o => (o.QueueLength, o.MaxImages, o.Workers) = (4, 4, 1));
        Task<HttpResponseMessage> first = app.PostAsync(ScoringApp.Form(("a", Image), ("b", Image), ("c", Image)));
        await Gate.UntilAsync(() => app.Scorer.Waiting == 3);

        await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Form(("d", Image), ("e", Image))), 503);
        gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        await Gate.UntilAsync(() => app.Scorer.Waiting == 0 && app.Scorer.HeldBytes == 0);
    }

    [Fact]
    public async Task An_explained_image_takes_the_places_of_eight()
    {
        using Gate gate = new();
        await using ScoringApp app = await StartAsync(gate, o => (o.QueueLength, o.MaxImages, o.Workers) = (16, 16, 1));
        Task<HttpResponseMessage> first = app.PostAsync(ScoringApp.Form(("a", Image), ("b", Image)), "?explain=true");
        await Gate.UntilAsync(() => app.Scorer.Waiting == 2);

        await ScoringApp.ProblemAsync(await app.PostAsync(Image), 503);
        gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync(Image)).StatusCode);
    }

    [Theory]
    [InlineData(256, 3, 3)]
    [InlineData(16, 8, 2)]
    [InlineData(4, 8, 1)]
    public async Task A_request_explains_no_more_than_it_may_and_than_the_queue_takes(int queue, int asked, int most)
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o =>
        {
            o.FromFile(demo.Model);
            (o.QueueLength, o.MaxImages, o.MaxExplainedImages) = (queue, 4, asked);
        });
        (string, byte[])[] images = [.. Enumerable.Range(0, most + 1).Select(i => ($"{i}.jpg", Image))];

        using HttpResponseMessage full = await app.PostAsync(ScoringApp.Form(images[1..]), "?explain=true");
        JsonElement problem = await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Form(images), "?explain=true"), 400);

        Assert.Equal(HttpStatusCode.OK, full.StatusCode);
        Assert.Contains($"explain more than {most} images", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_all_requests_together_are_bounded()
    {
        using Gate gate = new();
        int bytes = Image.Length;
        await using ScoringApp app = await StartAsync(gate, o => (o.MaxImageBytes, o.MaxRequestBytes, o.MaxHeldBytes) = (bytes, bytes, bytes + 10));
        Task<HttpResponseMessage> first = app.PostAsync(Image);
        await Gate.UntilAsync(() => app.Scorer.Waiting == 1);

        await ScoringApp.ProblemAsync(await app.PostAsync(Image), 503);
        gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task Images_in_base64_count_beside_their_text_but_a_request_that_is_alone_is_read()
    {
        using Gate gate = new();
        await using ScoringApp app = await StartAsync(gate, o => (o.MaxImageBytes, o.MaxRequestBytes, o.MaxHeldBytes) = (20_000_000, 20_000_000, 26_000_000));
        StringContent Json() => new($$"""{"images":[{"base64":"{{Convert.ToBase64String(new byte[12_000_000])}}"}]}""", Encoding.UTF8, "application/json");
        Task<HttpResponseMessage> first = app.PostAsync(Image);
        await Gate.UntilAsync(() => app.Scorer.Waiting == 1);

        await ScoringApp.ProblemAsync(await app.PostAsync(Json()), 503);
        gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        await ScoringApp.ProblemAsync(await app.PostAsync(Json()), 422);
        Assert.Equal((0, 0L), (app.Scorer.Waiting, app.Scorer.HeldBytes));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_503_and_its_images_are_given_up()
    {
        using Gate gate = new();
        FakeTimeProvider time = new();
        await using ScoringApp app = await ScoringApp.StartAsync(
            o =>
            {
                o.FromFile(demo.Model);
                o.Score = gate.Score;
            },
            services => services.AddSingleton<TimeProvider>(time));
        Task<HttpResponseMessage>[] requests = [.. Enumerable.Range(0, 10).Select(_ => app.PostAsync(Image))];
        await Gate.UntilAsync(() => app.Scorer.Waiting == requests.Length);

        time.Advance(app.Scorer.Options.RequestTimeout);

        foreach (Task<HttpResponseMessage> request in requests)
        {
            await ScoringApp.ProblemAsync(await request, 503);
        }

        await Gate.UntilAsync(() => app.Scorer.Waiting == 0 && app.Scorer.HeldBytes == 0);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_408_and_takes_no_place()
    {
        using Gate gate = new();
        gate.Open();
        await using ScoringApp app = await StartAsync(gate, o => o.RequestTimeout = TimeSpan.FromMilliseconds(50));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, app.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = client.GetStream();

        await stream.WriteAsync(
            "POST /score HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: 20000000\r\n\r\nhello"u8.ToArray(),
            TestContext.Current.CancellationToken);
        byte[] answer = new byte[64];
        int read = await stream.ReadAtLeastAsync(answer, 16, throwOnEndOfStream: false, TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
        Assert.Equal((0, 0L), (app.Scorer.Waiting, app.Scorer.HeldBytes));
    }

    [Fact]
    public async Task Images_of_a_client_that_left_are_given_up()
    {
        using Gate gate = new();
        await using ScoringApp app = await StartAsync(gate);
        using CancellationTokenSource leaves = new();
        Task<HttpResponseMessage> request = app.Client.PostAsync("/score", ScoringApp.Form(("a", Image), ("b", Image), ("c", Image)), leaves.Token);
        await Gate.UntilAsync(() => app.Scorer.Waiting == 3);

        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Gate.UntilAsync(() => app.Scorer.Waiting == 0 && app.Scorer.HeldBytes == 0);
    }

    [Fact]
    public async Task What_was_accepted_before_the_stop_is_answered()
    {
        using Gate gate = new();
        await using ScoringApp app = await StartAsync(gate);
        Task<HttpResponseMessage>[] requests = [.. Enumerable.Range(0, 4).Select(_ => app.PostAsync(ScoringApp.Form(("a", Image), ("b", Image))))];
        await Gate.UntilAsync(() => app.Scorer.Waiting == 8);

        Task stopping = app.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopping.IsCompleted);
        gate.Open();

        Assert.All(await Task.WhenAll(requests), r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
        await stopping;
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.PostAsync(Image));
    }

    [Fact]
    public async Task A_body_that_stalls_is_not_waited_for_when_the_application_stops()
    {
        MessageList messages = new();
        await using ScoringApp app = await ScoringApp.StartAsync(
            o =>
            {
                o.FromFile(demo.Model);
                (o.RequestTimeout, o.ReadingAfterStop) = (TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(1));
            },
            services => services.AddLogging(l => l.AddProvider(messages)).Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMinutes(10)));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, app.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            "POST /score HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: 20000000\r\n\r\nhello"u8.ToArray(),
            TestContext.Current.CancellationToken);
        await Gate.UntilAsync(() => app.Scorer.HeldBytes > 0);

        await app.App.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Empty(messages.Messages.Where(m => m.Level >= LogLevel.Warning).Select(m => m.Text));
    }

    [Fact]
    public async Task The_stop_has_an_end()
    {
        using Gate gate = new();
        await using ScoringApp app = await ScoringApp.StartAsync(
            o =>
            {
                o.FromFile(demo.Model);
                o.Score = gate.Score;
            },
            services => services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(100)));
        Task<HttpResponseMessage> request = app.PostAsync(Image);
        await Gate.UntilAsync(() => app.Scorer.Waiting == 1);

        await app.App.StopAsync(TestContext.Current.CancellationToken);

        await Gate.UntilAsync(() => app.Scorer.Waiting == 0);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => request);
    }
}
