using System.IO.Compression;
using System.Text.Json;
using InceptionMl.Drift.Internal;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class DriftVerbTests(TrainedDemo demo)
{
    [Fact]
    public async Task Images_like_those_of_the_training_are_no_drift()
    {
        ToolRun run = await Tool.RunAsync("drift", demo.Model, TrainedDemo.Images, "--cache", demo.Cache, "--json");

        Assert.Equal(ExitStatus.Done, run.Status);
        JsonElement result = Assert.Single(run.Json);
        Assert.Equal(["drift", "mmd", "p", "unknown", "labels", "images"], result.EnumerateObject().Select(property => property.Name));
        Assert.False(result.GetProperty("drift").GetBoolean());
        Assert.Equal(480, result.GetProperty("images").GetInt32());
        Assert.Equal(["label", "training", "now"], result.GetProperty("labels")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, result.GetProperty("labels").EnumerateArray().Sum(label => label.GetProperty("now").GetDouble()), 6);
    }

    [Fact]
    public async Task Other_shares_of_the_labels_are_drift_and_statistics_tell_as_much_as_the_images()
    {
        using TemporaryFolder folder = new();
        string[] some = [Path.Combine(TrainedDemo.Images, "train", "bolt"), Path.Combine(TrainedDemo.Images, "train", "nut")];
        string[] files = [folder.At("bolt.stats"), folder.At("nut.stats")];

        ToolRun images = await Tool.RunAsync(["drift", demo.Model, .. some, "--cache", demo.Cache, "--json"]);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(ExitStatus.Done, (await Tool.RunAsync("score", demo.Model, some[i], "--cache", demo.Cache, "--statistics", files[i])).Status);
        }

        ToolRun statistics = await Tool.RunAsync(["drift", demo.Model, .. files, "--json"]);
        ToolRun people = await Tool.RunAsync(["drift", demo.Model, .. files]);

        Assert.Equal(ExitStatus.Drift, images.Status);
        Assert.Equal(ExitStatus.Drift, statistics.Status);
        Assert.Equal(images.Output, statistics.Output);
        Assert.Contains("Drift: the", people.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_what_its_images_were_like_is_told_of_in_a_sentence()
    {
        using TemporaryFolder folder = new();
        string old = folder.At("old.zip");
        File.Copy(demo.Model, old);
        using (ZipArchive zip = ZipFile.Open(old, ZipArchiveMode.Update))
        {
            zip.GetEntry(DriftReference.Entry)!.Delete();
        }

        ToolRun run = await Tool.RunAsync("drift", old, TrainedDemo.Images);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("train it again", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_statistics_and_those_of_another_model_are_refused()
    {
        using TemporaryFolder folder = new();
        string damaged = folder.At("damaged.stats");
        string other = folder.At("other.stats");
        await File.WriteAllBytesAsync(damaged, "IMS1 and no more"u8.ToArray(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(other, new ScoringStatistics(new byte[32], 4, 2).ToBytes(), TestContext.Current.CancellationToken);

        ToolRun first = await Tool.RunAsync("drift", demo.Model, damaged);
        ToolRun second = await Tool.RunAsync("drift", demo.Model, other);

        Assert.Equal((ExitStatus.Failed, ExitStatus.Failed), (first.Status, second.Status));
        Assert.Contains("damaged", first.Error, StringComparison.Ordinal);
        Assert.Contains("another model", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_do_not_go_with_resuming()
    {
        ToolRun run = await Tool.RunAsync("score", demo.Model, TrainedDemo.Images, "--out", "x.csv", "--format", "csv", "--resume", "--statistics", "x.stats");

        Assert.Equal(ExitStatus.Usage, run.Status);
    }
}
