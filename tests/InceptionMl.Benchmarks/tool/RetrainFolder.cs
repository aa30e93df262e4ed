using System.Text.Json;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>
/// A dataset that grows, pipelines over it and their registries, in a folder removed in the end. The images of several folders become
/// one dataset whose labels say which folder they are from, taken in the order of their contents: an arbitrary one that is always the same.
/// </summary>
internal sealed class RetrainFolder : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("inceptionml-retrain-");
    private readonly Queue<(string File, string Label)> waiting;
    private readonly string? backbone;

    public RetrainFolder(string[] sources, string? backbone)
    {
        this.backbone = backbone is null ? null : Path.GetFullPath(backbone);
        waiting = new(sources.SelectMany(Images).DistinctBy(image => image.Hash).OrderBy(Rank, StringComparer.Ordinal).Select(image => (image.File, image.Label)));
    }

    public string Registry(string name) => Path.Combine(scratch.FullName, name);

    /// <summary>Puts further images into the dataset.</summary>
    /// <returns>How many; fewer where there are no more.</returns>
    public int Fill(int count)
    {
        int filled = 0;
        for (; filled < count && waiting.TryDequeue(out (string File, string Label) image); filled++)
        {
            string folder = Path.Combine(scratch.FullName, "images", image.Label);
            Directory.CreateDirectory(folder);
            File.Copy(image.File, Path.Combine(folder, $"{waiting.Count}{Path.GetExtension(image.File)}"));
        }

        return filled;
    }

    /// <summary>Runs the tool's <c>retrain</c> as a process of its own.</summary>
    public (double Seconds, JsonElement Result) Retrain(string registry, string cache)
    {
        string pipeline = Path.Combine(scratch.FullName, $"{registry}.json");
        string model = backbone is null ? string.Empty : $"\"backbone\": {{ \"model\": {JsonSerializer.Serialize(backbone)} }}, ";
        File.WriteAllText(pipeline, $$"""{ "data": [{ "path": "images" }], {{model}}"registry": "{{registry}}", "cache": "{{cache}}" }""");
        ToolRun run = ToolRun.Start([0, 4], "retrain", pipeline, "--json");
        return (run.Seconds, JsonDocument.Parse(run.Output).RootElement);
    }

    /// <summary>Makes the test images of one registry those of the one to be trained from nothing.</summary>
    public void GiveTestImages(string from)
    {
        Directory.CreateDirectory(Registry("fresh"));
        File.Copy(Path.Combine(Registry(from), "frozen-test.csv"), Path.Combine(Registry("fresh"), "frozen-test.csv"));
    }

    public void Dispose() => scratch.Delete(recursive: true);

    // From the end of the hash: its beginning decides the part.
    private static string Rank((ContentHash Hash, string File, string Label) image) => string.Concat(image.Hash.ToString().Reverse());

    private static IEnumerable<(ContentHash Hash, string File, string Label)> Images(string source) => ImageDataset.Open(source).Samples.Select(sample =>
        (ContentHash.Compute(File.ReadAllBytes(sample.FullPath)), sample.FullPath, $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(source))}-{sample.Label}"));
}
