using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Tests.Registry;

public sealed class RegistryWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => folder.At("models");

    private ModelRegistry Registry => new(Folder);

    public void Dispose() => folder.Dispose();

    private Task<RegistryWriter> Open(RegistryWriter.Options? options = null) => RegistryWriter.OpenAsync(Folder, options, Cancellation);

    private static Task<ModelVersion> Publish(RegistryWriter writer, double accuracy = 0.9) =>
        writer.PublishAsync((staged, _) => SmallVersion.WriteAsync(staged, accuracy), Cancellation);

    [Fact]
    public async Task A_published_version_is_there_whole_and_promoted_only_when_told()
    {
        using RegistryWriter writer = await Open();
        Assert.Equal("0001", writer.NextVersion);

        ModelVersion published = await Publish(writer, 0.75);

        Assert.Equal(("0001", false, true, null, 0.75), (published.Version, published.IsCurrent, published.IsComplete, published.Problem, published.Accuracy));
        Assert.Null(Registry.Current);
        Assert.True(writer.Promote("0001", "the first").IsCurrent);
        Assert.Equal("0001\n", await File.ReadAllTextAsync(Path.Combine(Folder, "current"), Cancellation));
        Assert.Equal(
            ["card.json", "data.csv", "model.zip", "pipeline.json", "report.html"],
            Directory.GetFiles(published.Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rollback_undoes_a_promotion_and_another_the_one_before()
    {
        using RegistryWriter writer = await Open();
        foreach (string version in (string[])["0001", "0002", "0003"])
        {
            await Publish(writer);
            writer.Promote(version, $"as good as {version}");
        }

        Assert.Equal("0002", writer.Rollback("worse in the field").Version);
        Assert.Equal("0001", writer.Rollback("still worse").Version);
        RegistryException nothing = Assert.Throws<RegistryException>(() => writer.Rollback("again"));

        Assert.Equal($"{Folder} has no version promoted before 0001 that is still there: promote one by its name.", nothing.Message);
        Assert.Equal(
            [("0001", null), ("0002", "0001"), ("0003", "0002"), ("0002", "0003"), ("0001", "0002")],
            Registry.Promotions.Select(promotion => (promotion.Version, promotion.From)));
        Assert.Equal("worse in the field", Registry.Promotions[3].Reason);
    }

    [Fact]
    public async Task Pruning_spares_the_promoted_version_and_the_one_before_and_frees_no_number()
    {
        using RegistryWriter writer = await Open();
        for (int i = 0; i < 6; i++)
        {
            await Publish(writer);
        }

        writer.Promote("0004", "");
        writer.Promote("0001", "");
        writer.Promote("0002", "");

        Assert.Equal(["0003", "0004", "0005"], writer.Prune(1, Cancellation));
        Assert.Equal(["0001", "0002", "0006"], Registry.Versions.Select(version => version.Version));
        Assert.Equal("0001", writer.Rollback("").Version);
        Assert.Equal("0007", (await Publish(writer)).Version);
    }

    [Fact]
    public async Task A_number_is_not_given_again_even_where_a_folder_was_deleted_by_hand()
    {
        using RegistryWriter writer = await Open();
        await Publish(writer);
        ModelVersion second = await Publish(writer);
        writer.Promote("0002", "");
        writer.Promote("0001", "");
        Directory.Delete(second.Folder, recursive: true);

        Assert.Equal("0003", (await Publish(writer)).Version);
        Assert.Throws<RegistryException>(() => writer.Rollback(""));
    }

    [Theory]
    [InlineData("model.zip", "model.zip is missing")]
    [InlineData("card.json", "card.json is missing")]
    [InlineData("pipeline.json", "pipeline.json is missing")]
    [InlineData("data.csv", "data.csv is missing")]
    [InlineData("report.html", null)]
    public async Task A_version_that_lacks_a_file_is_not_published(string missing, string? problem)
    {
        using RegistryWriter writer = await Open();
        async Task Write(string staged)
        {
            await SmallVersion.WriteAsync(staged);
            File.Delete(Path.Combine(staged, missing));
        }

        if (problem is null)
        {
            Assert.Null((await writer.PublishAsync((staged, _) => Write(staged), Cancellation)).Problem);
            return;
        }

        RegistryException refused = await Assert.ThrowsAsync<RegistryException>(() => writer.PublishAsync((staged, _) => Write(staged), Cancellation));

        Assert.EndsWith(problem + ".", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Registry.Versions);
        Assert.Empty(Directory.GetDirectories(Path.Combine(Folder, ".staging")));
    }

    [Fact]
    public async Task A_version_holds_its_own_files_only()
    {
        using RegistryWriter writer = await Open();

        RegistryException refused = await Assert.ThrowsAsync<RegistryException>(() => writer.PublishAsync(async (staged, _) =>
        {
            await SmallVersion.WriteAsync(staged);
            await File.WriteAllTextAsync(Path.Combine(staged, "model.json"), "{}", Cancellation);
        }, Cancellation));

        Assert.Equal("A version holds model.zip, card.json, pipeline.json, data.csv, report.html, fingerprints.bin, comparison.json, and no model.json.", refused.Message);
    }

    [Fact]
    public async Task What_the_writing_throws_comes_through_and_leaves_nothing()
    {
        using RegistryWriter writer = await Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.PublishAsync((_, _) => throw new InvalidOperationException(), Cancellation));
        using CancellationTokenSource canceled = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.PublishAsync(async (staged, _) =>
        {
            await SmallVersion.WriteAsync(staged);
            await canceled.CancelAsync();
        }, canceled.Token));

        Assert.Empty(Registry.Versions);
        Assert.Equal("0001", writer.NextVersion);
    }

    [Fact]
    public async Task Only_a_complete_version_can_be_promoted_and_a_rollback_steps_over_others()
    {
        using RegistryWriter writer = await Open();
        for (int i = 0; i < 3; i++)
        {
            writer.Promote((await Publish(writer)).Version, "");
        }

        await File.WriteAllTextAsync(Registry.Show("0002").ModelPath, "no zip", Cancellation);

        Assert.StartsWith("0002 cannot be promoted: ", Assert.Throws<RegistryException>(() => writer.Promote("0002", "")).Message, StringComparison.Ordinal);
        Assert.Throws<RegistryException>(() => writer.Promote("0004", ""));
        Assert.Throws<RegistryException>(() => writer.Promote("../0001", ""));
        Assert.Equal("0001", writer.Rollback("").Version);
    }

    [Fact]
    public async Task A_promotion_that_was_cut_off_before_the_switch_never_was()
    {
        using RegistryWriter writer = await Open();
        for (int i = 0; i < 3; i++)
        {
            await Publish(writer);
        }

        writer.Promote("0001", "");
        writer.Promote("0002", "");
        writer.Promote("0003", "cut off");
        await File.WriteAllTextAsync(Path.Combine(Folder, "current"), "0002\n", Cancellation);

        Assert.Equal(["0001", "0002"], Registry.Promotions.Select(promotion => promotion.Version));
        Assert.Equal("0001", writer.Rollback("").Version);
    }

    [Fact]
    public async Task Whoever_waits_is_told_who_holds_the_registry()
    {
        using RegistryWriter holder = await Open(new RegistryWriter.Options { Holder = "retrain pipelines/a.json\u001b[31m", Time = new ImpatientTime() });
        List<string> told = [];

        RegistryException busy = await Assert.ThrowsAsync<RegistryException>(() => Open(new RegistryWriter.Options
        {
            Time = new ImpatientTime(),
            Waiting = new Told(told),
        }));

        Assert.Equal($"{Folder} is being changed by retrain pipelines/a.json [31m since 2030-01-01 00:00:00 UTC: try again when that has ended.", busy.Message);
        Assert.Equal($"{Folder} is being changed by retrain pipelines/a.json [31m since 2030-01-01 00:00:00 UTC; waiting for it to end.", Assert.Single(told));
    }

    [Fact]
    public async Task The_next_holder_sweeps_up_what_a_killed_process_left()
    {
        folder.Write("models/.staging/0001/model.zip", [1]);
        folder.Write("models/current.tmp", [1]);
        folder.Write("models/.holder", [1]);

        (await Open()).Dispose();

        Assert.Equal([".lock"], Directory.GetFileSystemEntries(Folder).Select(path => Path.GetFileName(path)));
    }

    [Theory]
    [InlineData("current")]
    [InlineData("promotions.jsonl")]
    [InlineData("versions")]
    [InlineData(".lock")]
    [InlineData(".staging")]
    public async Task Nothing_is_written_through_a_symbolic_link(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(Folder);
        string outside = Directory.CreateDirectory(folder.At("outside")).FullName;
        string target = name is "versions" or ".staging" ? outside : Path.Combine(outside, "file");
        File.CreateSymbolicLink(Path.Combine(Folder, name), target);

        await Assert.ThrowsAsync<RegistryException>(async () =>
        {
            using RegistryWriter writer = await Open();
            await Publish(writer);
            writer.Promote("0001", "");
        });

        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    private sealed class Told(List<string> told) : IProgress<string>
    {
        public void Report(string value) => told.Add(value);
    }
}
