using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using InceptionMl.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>What is counted, traced and logged.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class DiagnosticsTests(TrainedDemo demo)
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    private static MeterListener Measure(ScoringApp app)
    {
        IMeterFactory factory = app.App.Services.GetRequiredService<IMeterFactory>();
        return new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ImageScoringDiagnostics.Name && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
    }

    private static ActivityListener Trace(ActivitySource client, Action<Activity> stopped)
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name is ImageScoringDiagnostics.Name or "Microsoft.AspNetCore" || source == client,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    [Fact]
    public async Task Images_are_counted_by_outcome_and_version()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));
        ConcurrentBag<(string Instrument, double Value, Dictionary<string, object?> Tags)> seen = [];
        using MeterListener listener = Measure(app);
        listener.SetMeasurementEventCallback<long>((i, v, tags, _) => seen.Add((i.Name, v, new(tags.ToArray()))));
        listener.SetMeasurementEventCallback<int>((i, v, tags, _) => seen.Add((i.Name, v, new(tags.ToArray()))));
        listener.SetMeasurementEventCallback<double>((i, v, tags, _) => seen.Add((i.Name, v, new(tags.ToArray()))));
        listener.Start();

        await app.PostAsync(ScoringApp.Form(("a", Image), ("b", Image), ("notes", "text"u8.ToArray())));
        await Gate.UntilAsync(() => seen.Count(s => s.Instrument == "inceptionml.scoring.duration") == 3);

        Dictionary<string, object?>[] images = [.. seen.Where(s => s.Instrument == "inceptionml.scoring.images").Select(s => s.Tags)];
        Assert.Equal(["accepted", "accepted", "refused"], images.Select(tags => (string)tags["outcome"]!).Order());
        Assert.All(images, tags => Assert.Equal(app.Scorer.ModelVersion, tags["model.version"]));
        Assert.Equal(0, seen.Where(s => s.Instrument == "inceptionml.scoring.queue").Sum(s => s.Value));
        Assert.Equal(3, Assert.Single(seen, s => s.Instrument == "inceptionml.scoring.request.images").Value);
        Assert.Equal(3, seen.Count(s => s.Instrument == "inceptionml.scoring.wait"));
        Assert.All(seen, s => Assert.Equal(ScoringApp.Name, s.Tags["scorer"]));
    }

    [Fact]
    public async Task What_failed_or_was_refused_before_a_worker_had_it_is_counted_as_such()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o =>
        {
            o.FromFile(demo.Model);
            o.MaxImageBytes = Image.Length;
            o.Score = static (_, _, _) => throw new InvalidOperationException("out of memory");
        });
        ConcurrentBag<string> outcomes = [];
        ConcurrentBag<Activity> spans = [];
        using MeterListener listener = Measure(app);
        listener.SetMeasurementEventCallback<long>((i, _, tags, _) => outcomes.Add(
            i.Name == "inceptionml.scoring.images" ? (string)new Dictionary<string, object?>(tags.ToArray())["outcome"]! : i.Name));
        listener.Start();
        using ActivitySource client = new("a client");
        using ActivityListener tracer = Trace(client, spans.Add);

        using (Activity? request = client.StartActivity("asks"))
        {
            await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Form(("a", Image), ("large", new byte[Image.Length + 1]))), 500);
            await Gate.UntilAsync(() => spans.Any(s => s.OperationName == "score image" && s.TraceId == request!.TraceId));
            Activity span = spans.Single(s => s.OperationName == "score image" && s.TraceId == request!.TraceId);
            Assert.Equal((ActivityStatusCode.Error, "InvalidOperationException"), (span.Status, span.StatusDescription));
        }

        Assert.Equal(["failed", "refused"], outcomes.Order());
    }

    [Fact]
    public async Task Each_image_has_a_span_of_its_request()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));
        ConcurrentBag<Activity> spans = [];
        using ActivitySource client = new("a client");
        using ActivityListener listener = Trace(client, spans.Add);

        using (Activity? request = client.StartActivity("asks"))
        {
            await app.PostAsync(ScoringApp.Form(("a", Image), ("b", Image)));
            await Gate.UntilAsync(() => spans.Count(s => s.OperationName == "score image" && s.TraceId == request!.TraceId) == 2);
        }

        Assert.All(spans.Where(s => s.OperationName == "score image"), s => Assert.Equal("accepted", s.GetTagItem("outcome")));
    }

    [Fact]
    public async Task Names_of_images_are_logged_at_debug_only()
    {
        MessageList log = new();
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => o.FromFile(demo.Model), services => services.AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Debug)));

        await app.PostAsync(ScoringApp.Form(("a", Image), ("patient-4711.txt", "text"u8.ToArray())));
        await app.PostAsync(ScoringApp.Form(("patient-4712.txt", "text"u8.ToArray())));

        Assert.Contains(log.Messages, m => m.Level == LogLevel.Information && m.Text.Contains(app.Scorer.ModelVersion!, StringComparison.Ordinal));
        (LogLevel Level, string Text)[] named = [.. log.Messages.Where(m => m.Text.Contains("patient-", StringComparison.Ordinal))];
        Assert.NotEmpty(named);
        Assert.All(named, m => Assert.Equal(LogLevel.Debug, m.Level));
    }
}
