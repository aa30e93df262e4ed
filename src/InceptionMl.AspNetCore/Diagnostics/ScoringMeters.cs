using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace InceptionMl.AspNetCore;

/// <summary>What the service counts and traces, for OpenTelemetry or dotnet-counters. Names of images are never among it.</summary>
internal sealed class ScoringMeters : IDisposable
{
    public const string OutcomeTag = "outcome";
    private const string ReasonTag = "reason";
    private const string RefusedWord = "refused";
    private const string ScorerTag = "scorer";
    private const string VersionTag = "model.version";

    private readonly Meter meter;
    private readonly ActivitySource source = new(ImageScoringDiagnostics.Name);
    private readonly Counter<long> images;
    private readonly Counter<long> rejected;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> wait;
    private readonly Histogram<int> requestImages;
    private readonly UpDownCounter<int> queue;

    public ScoringMeters(IMeterFactory factory)
    {
        meter = factory.Create(ImageScoringDiagnostics.Name);
        InstrumentAdvice<double> seconds = new() { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30] };
        InstrumentAdvice<int> counts = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] };
        images = meter.CreateCounter<long>("inceptionml.scoring.images", "{image}", "Images that are done with, by outcome.");
        rejected = meter.CreateCounter<long>("inceptionml.scoring.rejected", "{request}", "Requests answered 503, by reason: overloaded, timeout or stopping.");
        duration = meter.CreateHistogram("inceptionml.scoring.duration", "s", "Time a worker took over an image.", tags: null, seconds);
        wait = meter.CreateHistogram("inceptionml.scoring.wait", "s", "Time an image waited for a worker.", tags: null, seconds);
        requestImages = meter.CreateHistogram("inceptionml.scoring.request.images", "{image}", "Images of a request that was answered.", tags: null, counts);
        queue = meter.CreateUpDownCounter<int>("inceptionml.scoring.queue", "{image}", "Images that wait for a worker.");
    }

    /// <summary>How an image ended, in one word.</summary>
    public static string Outcome(ImageResult? result, Exception? failure) => (result, failure) switch
    {
        ({ Image: { } image }, _) => image.Outcome.ToString().ToLowerInvariant(),
        (not null, _) => RefusedWord,
        (null, not null) => "failed",
        _ => "dropped",
    };

    /// <summary>Images that have begun to wait, or with a negative number have ceased to.</summary>
    public void Waits(string scorer, int change) => queue.Add(change, Tag(ScorerTag, scorer));

    public void Rejected(string scorer, string reason) => rejected.Add(1, Tag(ScorerTag, scorer), Tag(ReasonTag, reason));

    public void Answered(string scorer, int count) => requestImages.Record(count, Tag(ScorerTag, scorer));

    /// <summary>An image that was refused before a worker had it, of which there are no times.</summary>
    public void Refused(string scorer, string version) => images.Add(1, Tags(scorer, version, RefusedWord));

    public void Scored(string scorer, string version, string outcome, TimeSpan waited, TimeSpan took)
    {
        TagList tags = Tags(scorer, version, outcome);
        images.Add(1, tags);
        wait.Record(waited.TotalSeconds, tags);
        duration.Record(took.TotalSeconds, tags);
    }

    /// <summary>Gets the span of one image with a worker.</summary>
    public Activity? StartImage(string scorer, string version, ActivityContext parent) =>
        source.StartActivity("score image", ActivityKind.Internal, parent, [new(ScorerTag, scorer), new(VersionTag, version)]);

    public void Dispose()
    {
        source.Dispose();
        meter.Dispose();
    }

    private static TagList Tags(string scorer, string version, string outcome) =>
        new() { { ScorerTag, scorer }, { VersionTag, version }, { OutcomeTag, outcome } };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
