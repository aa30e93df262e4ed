using System.Globalization;
using InceptionMl.Benchmarks.Images;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>The peak resident memory of <c>featurize</c> without a cache, at one or several numbers of images.</summary>
internal static class PeakMemory
{
    public static int Run(Options options)
    {
        (int width, int height, int[] counts) = options.Render() ?? throw new ArgumentException("--render WIDTHxHEIGHT COUNT [COUNT ..]");
        foreach (int count in counts)
        {
            using RenderedFolder photos = new(width, height, count, pictures: 4);
            string features = Path.Combine(photos.FullName, "features.parquet");
            ToolRun run = ToolRun.Start(
                ["featurize", photos.FullName, "--out", features, "--cache", "none", .. options.Text("--backbone") is { } backbone ? (string[])["--backbone", backbone] : []]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count} images of {width}x{height}: peak {run.PeakBytes / 1e6:F0} MB, {run.Seconds:F1} s"));
        }

        return 0;
    }
}
