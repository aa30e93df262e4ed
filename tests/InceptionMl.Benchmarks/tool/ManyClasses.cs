using System.Globalization;
using System.Text.Json;
using InceptionMl.Benchmarks.Images;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>What <c>train</c> takes, and what it reaches, on very many classes of few pictures each.</summary>
internal static class ManyClasses
{
    public static int Run(Options options)
    {
        int classes = options.Number("--classes", 2000);
        int perClass = options.Number("--per-class", 3);
        using ManyClassFolder pictures = new(classes, perClass);
        ToolRun run = ToolRun.Start(
            "train", pictures.FullName, "--out", Path.Combine(pictures.FullName, "model.zip"), "--cache", "none", "--no-compare", "--json");
        using JsonDocument result = JsonDocument.Parse(run.Output);
        JsonElement seconds = result.RootElement.GetProperty("seconds"), test = result.RootElement.GetProperty("test");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{classes} classes of {perClass}: head {seconds.GetProperty("head").GetDouble():F1} s, whole run {run.Seconds:F1} s, peak {run.PeakBytes / 1e6:F0} MB, test accuracy {100 * test.GetProperty("accuracy").GetDouble():F2} %, log loss {test.GetProperty("logLoss").GetDouble():F4}"));
        return 0;
    }
}
