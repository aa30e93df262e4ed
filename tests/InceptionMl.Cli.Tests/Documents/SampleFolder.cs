using System.IO.Compression;
using InceptionMl.Cli.Tests.Scaffolding;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Documents;

/// <summary>A folder that holds what the command lines of our documents name, in which they are run one after the other.</summary>
public sealed class SampleFolder(TrainedDemo demo) : IAsyncLifetime
{
    private static readonly string[] ImageFolders = ["PICTURES", "NEW_PICTURES", "OTHER_PICTURES", "NEW_FOLDER", "NEW-PICTURES", "photos", "new-photos", "FOLDER"];
    private static readonly string[] Models = ["MODEL.zip", "mine.zip", "artifacts/mine.zip", "artifacts/fasteners.zip"];

    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        foreach (string images in ImageFolders)
        {
            Copy(Path.Combine(TrainedDemo.Images, "train"), folder.At(images));
        }

        Copy(Path.Combine(TrainedDemo.Images, "test"), folder.At("other-photos"));
        Copy(TrainedDemo.Images, folder.At("datasets", "fasteners"));
        Copy(Workspace.At("pipelines"), folder.At("pipelines"));
        foreach (string model in Models)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At(model))!);
            File.Copy(demo.Model, folder.At(model));
        }

        foreach (string image in (string[])["one.jpg", "a.jpg", "new.jpg"])
        {
            File.Copy(TrainedDemo.TestImages[0], folder.At(image));
        }

        foreach (string extension in (string[])["onnx", "json"])
        {
            File.Copy(Backbone($"inception-compact.{extension}"), folder.At($"MINE.{extension}"));
        }

        string[] rows = [.. TrainedDemo.TestImages.Select(image => $"{image},{Path.GetFileName(Path.GetDirectoryName(image))}")];
        await File.WriteAllLinesAsync(folder.At("images.csv"), ["path,label", .. rows]);
        await File.WriteAllLinesAsync(folder.At("list.csv"), ["photo_file,species", .. rows]);
        await File.WriteAllLinesAsync(folder.At("more.csv"), ["path,label", .. rows]);
        foreach (string archive in (string[])["day.zip", "images.zip"])
        {
            await ZipFile.CreateFromDirectoryAsync(folder.At("photos"), folder.At(archive));
        }

        // A pipeline of the reader's own, and a registry with two versions.
        await RunToolAsync("train", "PICTURES", "--save-pipeline", "pipelines/mine.json", "--out", "artifacts/scratch.zip");
        await RunToolAsync("retrain", "pipelines/fasteners.json");
        File.Delete(Directory.EnumerateFiles(folder.At("datasets", "fasteners", "train", "bolt")).Order(StringComparer.Ordinal).First());
        await RunToolAsync("retrain", "pipelines/fasteners.json");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a command line of a document.</summary>
    internal Task<ToolRun> RunAsync(ShellCommand command) => RunToolAsync([.. command.ToolArguments!]);

    private static string Backbone(string name) =>
        Directory.EnumerateFiles(Workspace.At("src"), name, SearchOption.AllDirectories).First(path => Path.GetFileName(Path.GetDirectoryName(path)) == "Embedded");

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private Task<ToolRun> RunToolAsync(params string[] arguments) =>
        DotnetCommand.RunAsync(folder.At(), [Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll"), .. arguments]);
}
