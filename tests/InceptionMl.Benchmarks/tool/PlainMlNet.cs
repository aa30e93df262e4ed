using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using InceptionMl.Images.Internal;
using InceptionMl.Scoring;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>How often a program with Microsoft's packages alone gives the label that we give, where we are confident.</summary>
internal static class PlainMlNet
{
    private const float Confident = 0.55f;

    public static int Run(Options options)
    {
        foreach (string folder in options.Texts("--images"))
        {
            string model = Path.Combine(Path.GetTempPath(), $"plain-ml-net-{Environment.ProcessId}.zip");
            ToolRun.Start("train", folder, "--out", model, "--cache", "none", "--head", "lbfgs", "--json");
            string[] images =
            [
                .. Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories).Where(path => ImageSignature.HasImageExtension(path))
                    .Order(StringComparer.Ordinal).Where((_, i) => i % 10 == 0),
            ];
            using ImageScorer scorer = ImageScorer.Open(model);
            (string Ours, string Theirs)[] labels =
            [
                .. Consume(model, images).Select(line => (Ours: scorer.Score(line.GetProperty("path").GetString()!), Theirs: line.GetProperty("label").GetString()!))
                    .Where(pair => pair.Ours.Probability >= Confident).Select(pair => (pair.Ours.Label, pair.Theirs)),
            ];
            int same = labels.Count(pair => pair.Ours == pair.Theirs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {same} of {labels.Length} agree ({(double)same / labels.Length:P1})"));
            File.Delete(model);
            File.Delete(Path.ChangeExtension(model, "json"));
        }

        return 0;
    }

    private static List<JsonElement> Consume(string model, string[] images)
    {
        string program = ToolRun.Assembly("tests", "PlainMlNetConsumer");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, model]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Task write = Task.Run(() =>
        {
            foreach (string image in images)
            {
                process.StandardInput.WriteLine(image);
            }

            process.StandardInput.Close();
        });
        List<JsonElement> lines = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(JsonDocument.Parse(line).RootElement);
        }

        write.Wait();
        process.WaitForExit();
        return lines;
    }
}
