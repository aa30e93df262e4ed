using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Retraining.Internal;
using InceptionMl.Training.Tests.Datasets;

namespace InceptionMl.Training.Tests.Retraining;

public sealed class DatasetWatchTests : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();

    public DatasetWatchTests() => folder.Images("a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Images_that_are_left_alone_settle_after_the_quiet_time_and_no_sooner()
    {
        SelfMovingTime time = new(_ => { });

        await Watch(time).UntilSettledAsync(null, Stop);

        Assert.Equal(Quiet, time.GetElapsedTime(0));
    }

    [Fact]
    public async Task Every_change_begins_the_quiet_time_again()
    {
        SelfMovingTime time = new(wait =>
        {
            if (wait <= 5)
            {
                folder.Image($"a/new{wait}.jpg");
            }
        });

        await Watch(time).UntilSettledAsync(null, Stop);

        Assert.Equal((5 * Quiet / 3) + Quiet, time.GetElapsedTime(0));
    }

    [Fact]
    public async Task It_waits_as_long_as_nothing_changes()
    {
        SelfMovingTime calm = new(_ => { });
        string before = await Watch(calm).UntilSettledAsync(null, Stop);
        SelfMovingTime time = new(wait =>
        {
            if (wait == 50)
            {
                folder.Image("b/3.jpg");
            }
        });

        string after = await Watch(time).UntilSettledAsync(before, Stop);

        Assert.NotEqual(before, after);
        Assert.Equal(53, time.Waits);
    }

    [Theory]
    [InlineData("came")]
    [InlineData("went")]
    [InlineData("moved")]
    [InlineData("written")]
    public async Task A_file_that_came_went_was_moved_or_written_is_a_change(string change)
    {
        string before = await Watch(new SelfMovingTime(_ => { })).UntilSettledAsync(null, Stop);
        Action act = change switch
        {
            "came" => () => folder.Image("b/3.jpg"),
            "went" => () => File.Delete(folder.At("a", "1.jpg")),
            "moved" => () => File.Move(folder.At("a", "1.jpg"), folder.At("b", "3.jpg")),
            _ => () => folder.Image("a/1.jpg", "longer than it was"),
        };
        act();

        Assert.NotEqual(before, await Watch(new SelfMovingTime(_ => { })).UntilSettledAsync(before, Stop));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_for_a_moment_does_not_end_the_watch()
    {
        string before = await Watch(new SelfMovingTime(_ => { })).UntilSettledAsync(null, Stop);
        SelfMovingTime time = new(wait =>
        {
            if (wait == 1)
            {
                Directory.Move(folder.At("a"), folder.At("a.away"));
                Directory.Move(folder.At("b"), folder.At("b.away"));
            }
            else if (wait == 2)
            {
                Directory.Move(folder.At("a.away"), folder.At("a"));
                Directory.Move(folder.At("b.away"), folder.At("b"));
                folder.Image("a/3.jpg");
            }
        });

        Assert.NotEqual(before, await Watch(time).UntilSettledAsync(before, Stop));
    }

    [Fact]
    public async Task The_wait_can_be_ended()
    {
        using CancellationTokenSource stop = new();
        SelfMovingTime time = new(wait =>
        {
            if (wait == 7)
            {
                stop.Cancel();
            }
        });
        string before = await Watch(new SelfMovingTime(_ => { })).UntilSettledAsync(null, Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Watch(time).UntilSettledAsync(before, stop.Token));
    }

    private DatasetWatch Watch(TimeProvider time) => new(token => ImageDataset.Open(folder.Path, null, token), Quiet, time);
}
