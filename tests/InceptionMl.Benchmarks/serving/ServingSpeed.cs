using System.Diagnostics;
using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Benchmarks.Features;
using InceptionMl.Benchmarks.Images;

namespace InceptionMl.Benchmarks.Serving;

/// <summary>
/// The service on the loopback address, loaded from this process, beside the offline extractor on the same images and backbone: first
/// answer, throughput, latency at half load, overload, and memory over a time.
/// </summary>
internal static class ServingSpeed
{
    private const int Connections = 32;
    private const int Overload = 10 * Connections;
    private const int Single = 60;
    private const int Starts = 7;
    private const int OverloadTurns = 6;
    private const int Seed = 1;

    public static async Task<int> RunAsync(Options options)
    {
        string model = options.Text("--model") ?? throw new ArgumentException("--model MODEL.zip");
        (int Width, int Height, int[] Counts)? render = options.Render();
        using RenderedFolder? rendered = render is { } size ? new RenderedFolder(size.Width, size.Height, size.Counts[0], pictures: 16) : null;
        string folder = rendered?.FullName ?? options.Text("--images") ?? throw new ArgumentException("--images FOLDER or --render WIDTHxHEIGHT COUNT");
        string[] paths = [.. Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        byte[][] images = [.. paths.Select(File.ReadAllBytes)];
        TimeSpan duration = TimeSpan.FromSeconds(options.Number("--seconds", 20));

        double offline = OfflinePerSecond(options.Text("--backbone"), paths, duration);
        Say($"{images.Length} images of {images.Average(i => i.Length) / 1e6:F2} MB; offline extractor {offline:F1} images/s");
        await WarmClientAsync(model, images);
        double steady = await FirstAnswersAsync(model, images);
        using ServerProcess server = ServerProcess.Start(model);
        using Load load = new(server.Address, images);
        await load.InTurnAsync(Single);

        LoadResult full = await load.KeepAsync(Connections, duration);
        Say($"{Connections} connections: {full.PerSecond:F1} images/s, {full.PerSecond / offline:F3} of the offline extractor; {Counts(full)}");

        LoadResult half = await load.PaceAsync(full.PerSecond / 2, duration, Seed);
        double p99 = half.Within(0.99);
        Say($"half that load, at random moments: median {half.Within(0.5):F1} ms, p99 {p99:F1} ms, {p99 / steady:F2} single-image latencies; {Counts(half)}");

        for (int turn = 1; turn <= OverloadTurns; turn++)
        {
            long before = server.ResidentBytes;
            LoadResult over = await load.KeepAsync(Overload, duration);
            Say($"{Overload} connections, turn {turn}: {Counts(over)}; memory {before / 1e6:F0} MB before, {server.ResidentBytes / 1e6:F0} MB after");
        }

        await SoakAsync(server, load, options.Number("--soak-minutes", 0));
        return 0;
    }

    /// <summary>First answers of servers just started, each beside the latency that the same server comes to.</summary>
    /// <returns>The median of those latencies, in milliseconds.</returns>
    private static async Task<double> FirstAnswersAsync(string model, byte[][] images)
    {
        List<double> steady = [];
        List<double> ratios = [];
        for (int start = 1; start <= Starts; start++)
        {
            using ServerProcess server = ServerProcess.Start(model);
            using Load load = new(server.Address, images);
            LoadResult single = await load.InTurnAsync(Single);
            double first = single.Answers[0].Milliseconds;
            steady.Add(Median([.. single.Answers.Skip(Single / 2).Select(a => a.Milliseconds)]));
            ratios.Add(first / steady[^1]);
            Say($"start {start}: first answer {first:F1} ms, steady single-image latency {steady[^1]:F1} ms: {ratios[^1]:F2}");
        }

        Say($"first answer, median of {Starts} starts: {Median([.. ratios]):F2} steady single-image latencies");
        return Median([.. steady]);
    }

    // The first answer of a server that is measured must not pay for this process's own first requests.
    private static async Task WarmClientAsync(string model, byte[][] images)
    {
        using ServerProcess another = ServerProcess.Start(model);
        using Load load = new(another.Address, images);
        await load.InTurnAsync(Single);
    }

    private static async Task SoakAsync(ServerProcess server, Load load, int minutes)
    {
        for (int minute = 1; minute <= minutes; minute++)
        {
            LoadResult result = await load.KeepAsync(Connections, TimeSpan.FromMinutes(1));
            Say($"minute {minute}: {result.PerSecond:F1} images/s, {server.ResidentBytes / 1e6:F1} MB; {Counts(result)}");
        }
    }

    private static double OfflinePerSecond(string? backbone, string[] paths, TimeSpan duration)
    {
        using OwnExtractor extractor = new(Backbone.Open(backbone), paths);
        extractor.RunOnce();
        int rounds = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            extractor.RunOnce();
            rounds++;
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
        return rounds * paths.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Counts(LoadResult result) => $"{result.Scored} scored, {result.Refused} refused with 503, {result.Others} others";

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
