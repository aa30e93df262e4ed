using System.Globalization;
using System.Text.Json;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>
/// What a race between backbones reaches and takes, beside training with each of them: test accuracy and seconds of the whole process, each with a cache of
/// its own.
/// </summary>
internal static class RaceCost
{
    public static int Run(Options options)
    {
        string backbones = options.Texts("--backbones")[0];
        Console.WriteLine("| images | backbone | test accuracy % | log loss | s |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (string folder in options.Texts("--images"))
        {
            foreach (string backbone in (string[])[.. backbones.Split(','), backbones])
            {
                Measure(folder, backbone);
            }
        }

        return 0;
    }

    private static void Measure(string folder, string backbone)
    {
        DirectoryInfo room = Directory.CreateTempSubdirectory("inceptionml-race");
        try
        {
            ToolRun run = ToolRun.Start(
                "train", folder, "--backbone", backbone, "--out", Path.Combine(room.FullName, "model.zip"), "--cache", Path.Combine(room.FullName, "cache"), "--no-compare", "--json");
            using JsonDocument result = JsonDocument.Parse(run.Output);
            JsonElement test = result.RootElement.GetProperty("test");
            string name = backbone.Contains(',', StringComparison.Ordinal) ? $"race, {result.RootElement.GetProperty("backbone").GetString()} chosen" : Path.GetFileNameWithoutExtension(backbone);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(folder)} | {name} | {100 * test.GetProperty("accuracy").GetDouble():F1} | {test.GetProperty("logLoss").GetDouble():F3} | {run.Seconds:F1} |"));
        }
        finally
        {
            room.Delete(recursive: true);
        }
    }
}
