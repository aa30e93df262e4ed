using System.Diagnostics;
using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Benchmarks.Images;

namespace InceptionMl.Benchmarks.Features;

/// <summary>Image files to features by several ways in turns, in one process: medians, and ratios to the first.</summary>
internal static class FeatureSpeed
{
    // A session's own threads spin for a moment after its last run; the next way must not pay for that.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);
    private const double QuietShare = 0.03;
    private const int MostTurns = 6;

    public static int Run(Options options)
    {
        (int Width, int Height, int[] Counts)? render = options.Render();
        using RenderedFolder? rendered = render is { } size ? new RenderedFolder(size.Width, size.Height, size.Counts[0], pictures: 16) : null;
        string folder = rendered?.FullName ?? options.Text("--images") ?? throw new ArgumentException("--images FOLDER or --render WIDTHxHEIGHT COUNT");
        string[] paths = [.. Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{paths.Length} images of {paths.Average(path => new FileInfo(path).Length) / 1e6:F2} MB on average"));

        Backbone backbone = options.OpenBackbone(options.Text("--backbone"), options.Text("--input-size"));
        int workers = Environment.ProcessorCount;
        List<IContender> contenders =
        [
            new OwnExtractor(backbone, paths),
            new RuntimeAlone(backbone, paths, workers, threads: 1),
        ];
        if (!options.Has("--without-stock"))
        {
            contenders.Add(new StockPipeline(backbone, paths));
            contenders.Add(new RuntimeAlone(backbone, paths, workers: 1, threads: workers));
        }

        try
        {
            Report(contenders, Time(contenders, options.Number("--rounds", 7)), paths.Length);
            return 0;
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    private static double[][] Time(List<IContender> contenders, int rounds)
    {
        contenders.ForEach(contender => contender.RunOnce());
        double[][] seconds = [.. contenders.Select(_ => new double[rounds])];
        double loudest = 0;
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < contenders.Count; turn++)
            {
                int which = (round + turn) % contenders.Count;
                (seconds[which][round], double others) = TakeTurn(contenders[which]);
                loudest = Math.Max(loudest, others);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds; others used at most {loudest:P1} of the machine during a turn"));
        return seconds;
    }

    /// <summary>A turn that others did not disturb, or the least disturbed of many.</summary>
    private static (double Seconds, double Others) TakeTurn(IContender contender)
    {
        (double Seconds, double Others) best = (0, double.PositiveInfinity);
        for (int i = 0; i < MostTurns && best.Others > QuietShare; i++)
        {
            Thread.Sleep(Settle);
            MachineLoad load = new();
            long start = Stopwatch.GetTimestamp();
            contender.RunOnce();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double others = load.Others();
            best = others < best.Others ? (seconds, others) : best;
        }

        return best;
    }

    private static void Report(List<IContender> contenders, double[][] seconds, int images)
    {
        Console.WriteLine($"{"",-40}{"ms/image",10}{"ratio",8}{"lowest",8}{"highest",8}{"fastest",10}{"ratio",8}");
        for (int i = 0; i < contenders.Count; i++)
        {
            double[] ratios = [.. seconds[i].Zip(seconds[0], (its, ours) => its / ours).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{contenders[i].Name,-40}{Median(seconds[i]) * 1000 / images,10:F2}{Median(ratios),8:F3}{ratios[0],8:F3}{ratios[^1],8:F3}{seconds[i].Min() * 1000 / images,10:F2}{seconds[i].Min() / seconds[0].Min(),8:F3}"));
        }
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
