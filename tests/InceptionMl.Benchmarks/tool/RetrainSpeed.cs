using System.Globalization;
using System.Text.Json;
using InceptionMl.Training.Versions;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>
/// What <c>retrain</c> costs once some images are new, and what it reaches, beside training from nothing on the same images: an empty cache, no
/// champion, and the same test images.
/// </summary>
internal static class RetrainSpeed
{
    public static int Run(Options options)
    {
        int count = options.Number("--count", 5000);
        int added = options.Number("--new", 100);
        using RetrainFolder folder = new(options.Texts("--images"), options.Text("--backbone"));
        int found = folder.Fill(count);
        Tell($"{found} images; their first version", folder.Retrain("grown", "cache"));
        int held = Test(folder, "grown");
        int more = folder.Fill(added);
        (double again, JsonElement second) = Tell($"{more} new; retrain", folder.Retrain("grown", "cache"));
        folder.GiveTestImages("grown");
        (double nothing, JsonElement first) = Tell("from nothing", folder.Retrain("fresh", "empty"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"retrain {again:F1} s, from nothing {nothing:F1} s: {nothing / again:F1}x; accuracy {Accuracy(second):F2} and {Accuracy(first):F2} % on {Test(folder, "grown")} test images, {held} of them frozen before"));
        return 0;
    }

    private static (double Seconds, JsonElement Result) Tell(string what, (double Seconds, JsonElement Result) run)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {run.Seconds:F1} s, accuracy {Accuracy(run.Result):F2} %, {run.Result.GetProperty("cache")}, seconds {run.Result.GetProperty("seconds")}"));
        return run;
    }

    private static double Accuracy(JsonElement result) => 100 * result.GetProperty("challenger").GetProperty("accuracy").GetDouble();

    private static int Test(RetrainFolder folder, string registry) => FrozenTest.Read(folder.Registry(registry)).Count;
}
