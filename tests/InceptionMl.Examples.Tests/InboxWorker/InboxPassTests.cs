using System.Diagnostics;
using System.Security.Cryptography;
using InboxWorker;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Examples.Tests.InboxWorker;

[Collection(SharedModelCollection.Name)]
public sealed class InboxPassTests(TrainedDemo demo) : IDisposable
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);
    private static readonly byte[] Other = File.ReadAllBytes(TrainedDemo.TestImages[30]);

    private readonly InboxFixture worker = new(demo.Model);

    public void Dispose() => worker.Dispose();

    [Fact]
    public async Task An_image_becomes_a_row_and_moves_to_done()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ScoredImage expected = scorer.Score(Image, TestContext.Current.CancellationToken);
        string digest = Convert.ToHexStringLower(SHA256.HashData(Image));
        worker.Arrive("a.jpg", Image);

        await worker.LookAsync();

        ResultRow row = Assert.Single(worker.Table.Rows);
        Assert.Equal(
            new ResultRow(digest, "a.jpg", expected.Label, expected.Probability, "accepted", "0001", InboxFixture.Now, Error: null),
            row);
        Assert.Equal(["a.jpg"], worker.Done);
        Assert.Empty(worker.Inbox);
    }

    [Fact]
    public async Task A_file_that_is_still_being_copied_is_left_alone()
    {
        string path = worker.Arrive("a.jpg", Image[..1000]);
        await worker.LookAsync(times: 1);
        await File.AppendAllBytesAsync(path, Image[1000..], TestContext.Current.CancellationToken);
        await worker.LookAsync(times: 1);

        Assert.Equal(["a.jpg"], worker.Inbox);
        await worker.LookAsync(times: 1);

        Assert.Equal("accepted", Assert.Single(worker.Table.Rows).Outcome);
    }

    [Fact]
    public async Task What_cannot_be_read_moves_to_failed_and_its_row_says_why()
    {
        worker.Arrive("cut.jpg", Image[..1000]);
        worker.Arrive("empty.jpg", []);
        worker.Arrive("whole.jpg", Image);

        await worker.LookAsync();

        Assert.Equal(["cut.jpg", "empty.jpg"], worker.Failed);
        Assert.Equal(["whole.jpg"], worker.Done);
        ResultRow[] unreadable = [.. worker.Table.Rows.Where(row => row.Outcome == "unreadable")];
        Assert.Equal(["cut.jpg", "empty.jpg"], unreadable.Select(row => row.File));
        Assert.All(unreadable, row => Assert.Equal((true, null, null), (row.Error?.Length > 0, row.Label, row.Probability)));
    }

    [Fact]
    public async Task The_same_bytes_are_one_row_under_whatever_name_and_whenever_they_come()
    {
        worker.Arrive("a.jpg", Image);
        worker.Arrive("b.jpg", Image);
        await worker.LookAsync(times: 3);
        worker.Promoted = new PromotedModel("0002", demo.Model);
        worker.Arrive("c.jpg", Image);
        await worker.LookAsync();

        Assert.Equal(("a.jpg", "0001"), (Assert.Single(worker.Table.Rows).File, worker.Table.Rows[0].ModelVersion));
        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], worker.Done);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_not_overwritten()
    {
        await File.WriteAllTextAsync(Path.Combine(worker.Folders.Done, "a.jpg"), "mine", TestContext.Current.CancellationToken);
        worker.Arrive("a.jpg", Image);
        await worker.LookAsync();
        worker.Arrive("a.jpg", Other);
        await worker.LookAsync();

        Assert.Equal(["a (2).jpg", "a (3).jpg", "a.jpg"], worker.Done);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(worker.Folders.Done, "a.jpg"), TestContext.Current.CancellationToken));
        Assert.Equal(Other, await File.ReadAllBytesAsync(Path.Combine(worker.Folders.Done, "a (3).jpg"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_kill_in_the_middle_of_moving_left_in_both_places_is_there_once()
    {
        worker.Arrive("a.jpg", Image);
        await worker.LookAsync();
        worker.Arrive("a.jpg", Image);
        await worker.LookAsync();

        Assert.Empty(worker.Inbox);
        Assert.Equal(["a.jpg"], worker.Done);
        Assert.Equal(Image, await File.ReadAllBytesAsync(Path.Combine(worker.Folders.Done, "a.jpg"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_recorded_and_not_moved_is_only_moved()
    {
        worker.Arrive("a.jpg", Image);
        Directory.Delete(worker.Folders.Done);
        await worker.LookAsync();
        Assert.Single(worker.Table.Rows);
        Assert.Equal(["a.jpg"], worker.Inbox);

        Directory.CreateDirectory(worker.Folders.Done);
        worker.Promoted = new PromotedModel("0002", demo.Model);
        await worker.LookAsync();

        Assert.Equal("0001", Assert.Single(worker.Table.Rows).ModelVersion);
        Assert.Equal(["a.jpg"], worker.Done);
    }

    [Fact]
    public async Task One_that_cannot_be_moved_does_not_hold_up_the_others()
    {
        worker.Arrive("a.jpg", Image);
        worker.Arrive("b.jpg", Image[..1000]);
        Directory.Delete(worker.Folders.Done);

        await worker.LookAsync();

        Assert.Equal(["a.jpg"], worker.Inbox);
        Assert.Equal(["b.jpg"], worker.Failed);
    }

    [Fact]
    public async Task A_promotion_is_followed_from_the_next_image_on()
    {
        worker.Arrive("a.jpg", Image);
        await worker.LookAsync();
        worker.Promoted = new PromotedModel("0002", demo.Model);
        worker.Arrive("b.jpg", Other);
        await worker.LookAsync();

        Assert.Equal([("a.jpg", "0001"), ("b.jpg", "0002")], worker.Table.Rows.Select(row => (row.File, row.ModelVersion)));
    }

    [Fact]
    public async Task Hidden_files_links_and_folders_are_none_of_its_business()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right of their own");
        worker.Arrive(".a.jpg.part", Image);
        worker.Arrive("folder/b.jpg", Image);
        File.CreateSymbolicLink(Path.Combine(worker.Folders.Inbox, "link.jpg"), TrainedDemo.TestImages[0]);

        await worker.LookAsync();

        Assert.Empty(worker.Table.Rows);
        Assert.Equal([".a.jpg.part", "link.jpg"], worker.Inbox);
    }

    private async Task ShellAsync(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = worker.Folders.Inbox })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }

    [Theory]
    [InlineData("mkfifo a.jpg")]
    [InlineData("cp zz.jpg $'caf\\xe9.jpg'")]
    public async Task A_pipe_and_a_name_that_leads_nowhere_hold_up_nobody(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are none there");
        worker.Arrive("zz.jpg", Image);
        await ShellAsync(command);

        await worker.LookAsync();

        // What the framework cannot name it cannot delete either.
        await ShellAsync("rm -f *");
        Assert.Equal(["zz.jpg"], worker.Done);
        Assert.Equal("accepted", Assert.Single(worker.Table.Rows, row => row.File == "zz.jpg").Outcome);
    }

    [Fact]
    public async Task Told_to_stop_it_leaves_in_the_inbox_what_has_no_row()
    {
        worker.Arrive("a.jpg", Image);
        await worker.LookAsync(times: 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.Pass.RunAsync(new CancellationToken(canceled: true)));

        Assert.Empty(worker.Table.Rows);
        Assert.Equal(["a.jpg"], worker.Inbox);
    }
}
