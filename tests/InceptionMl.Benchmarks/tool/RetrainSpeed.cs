using System.Globalization;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>Trains twice on one folder with a fresh cache: what the second time costs when nothing changed.</summary>
internal static class RetrainSpeed
{
    public static int Run(Options options)
    {
        string images = options.Text("--images") ?? throw new ArgumentException("--images FOLDER");
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("inceptionml-retrain-");
        try
        {
            string[] arguments =
            [
                "train", images, "--out", Path.Combine(scratch.FullName, "model.zip"), "--cache", Path.Combine(scratch.FullName, "cache"),
                .. options.Text("--backbone") is { } backbone ? (string[])["--backbone", backbone] : [],
            ];
            double first = ToolRun.Start(arguments).Seconds;
            double second = ToolRun.Start(arguments).Seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"first train {first:F1} s, second {second:F1} s: {second / first:F3} of the first"));
            return 0;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
