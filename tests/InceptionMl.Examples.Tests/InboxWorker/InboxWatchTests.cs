using InboxWorker;
using InceptionMl.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace InceptionMl.Examples.Tests.InboxWorker;

[Collection(SharedModelCollection.Name)]
public sealed class InboxWatchTests(TrainedDemo demo)
{
    private const string Example = "InboxWorker";

    private static string[] Images => [.. TrainedDemo.TestImages.Where((_, i) => i % 5 == 0)];

    [Fact]
    public async Task It_looks_at_every_tick_of_the_clock()
    {
        FirstMessage log = new();
        TickingTime time = new();
        using InboxFixture worker = new(demo.Model, log);
        worker.Arrive("a.jpg", await File.ReadAllBytesAsync(TrainedDemo.TestImages[0], TestContext.Current.CancellationToken));
        using InboxWatch watch = new(worker.Pass, Options.Create(worker.Options), time, NullLogger<InboxWatch>.Instance);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        Assert.Empty(worker.Table.Rows);

        // The look at the start is the first of two.
        await time.TickAsync();

        Assert.StartsWith("a.jpg is ", await log.Message, StringComparison.Ordinal);
        Assert.Equal(["a.jpg"], worker.Done);
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task It_resumes_after_a_kill_without_a_row_lost_or_doubled_and_ends_on_a_signal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends SIGTERM");
        using TemporaryFolder folder = new();
        string[] names = [.. Images.Select((_, i) => FormattableString.Invariant($"{i:D2}.jpg"))];
        foreach ((string name, string image) in names.Zip(Images))
        {
            folder.Write(Path.Combine("inbox", name), await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken));
        }

        string[] settings = ["--Inbox:Folder", folder.Path, "--Inbox:Model", demo.Model, "--Inbox:PollInterval", "00:00:00.05"];
        using (ExampleProcess first = new(Example, settings))
        {
            await first.LineAsync(names[2]);
            await first.KillAsync();
        }

        using ExampleProcess second = new(Example, settings);
        await second.LineAsync(names[^1]);
        int status = await second.TerminateAsync();

        Assert.Equal(0, status);
        Assert.Empty(Directory.EnumerateFiles(folder.At("inbox")));
        Assert.Equal(names, Directory.EnumerateFiles(folder.At("done")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(names, Rows(folder.At("results.db")));
    }

    [Theory]
    [InlineData("--Inbox:Model", "missing.zip")]
    [InlineData("--Inbox:Folder", "")]
    [InlineData("--Inbox:PollInterval", "00:00:00")]
    [InlineData("--Inbox:PollInterval", "soon")]
    [InlineData("--Inbox:AbstainBelow", "7")]
    [Trait("Category", "Slow")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence(string setting, string value)
    {
        using TemporaryFolder folder = new();

        (int status, string[] output, string[] error) = await ExampleProcess.RunAsync(
            Example, "--Inbox:Folder", folder.Path, "--Inbox:Model", demo.Model, setting, value);

        Assert.Equal(1, status);
        Assert.Empty(output);
        Assert.Single(error);
    }

    private static List<string> Rows(string database)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "SELECT file FROM results ORDER BY file";
        using SqliteDataReader reader = select.ExecuteReader();
        List<string> files = [];
        while (reader.Read())
        {
            files.Add(reader.GetString(0));
        }

        return files;
    }
}
