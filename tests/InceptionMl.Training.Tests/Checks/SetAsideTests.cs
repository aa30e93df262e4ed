using InceptionMl.TestSupport;
using InceptionMl.Training.Checks;
using InceptionMl.Training.Checks.Internal;
using InceptionMl.Training.Tests.Datasets;

namespace InceptionMl.Training.Tests.Checks;

public sealed class SetAsideTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Root => folder.At("pictures");

    private string Journal => Path.Join(Root, SetAside.FolderName, "moves.jsonl");

    private Task<DatasetCheckResult> CheckAsync() => DatasetCheck.RunAsync(Root, cancellationToken: TestContext.Current.CancellationToken);

    private void Fill()
    {
        folder.Clean();
        folder.Write("pictures/nut/00 copy.jpg", DrawnImages.Photo(0));
        folder.Write("pictures/nut/00 copy 2.jpg", DrawnImages.Photo(0));
        folder.Write("pictures/nut/under two.jpg", DrawnImages.Photo(1));
        folder.Write("pictures/bolt/broken [1].jpg", DrawnImages.Photo(40)[..2000]);
        folder.Write("pictures/bolt/Größe.jpg", []);
    }

    /// <summary>Every file by its content, wherever it is; the journal is none of them.</summary>
    private string[] Contents() =>
        [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Where(path => path != Journal).Select(path => Convert.ToHexString(File.ReadAllBytes(path))).Order(StringComparer.Ordinal)];

    private string[] Names() =>
        [.. Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    private SetAsideResult Undo() => SetAside.Undo(Root, TestContext.Current.CancellationToken);

    [Fact]
    public async Task What_is_broken_or_superfluous_is_moved_and_moved_back()
    {
        Fill();
        string[] before = Names();

        SetAsideResult moved = SetAside.Apply(await CheckAsync(), TestContext.Current.CancellationToken);
        DatasetCheckResult after = await CheckAsync();
        SetAsideResult back = Undo();

        Assert.Equal(["bolt/Größe.jpg", "bolt/broken [1].jpg", "nut/00 copy 2.jpg", "nut/00 copy.jpg"], moved.Moved.Order(StringComparer.Ordinal));
        Assert.Empty(moved.Left);
        Assert.Equal(["copies-under-two-labels", "hidden-ignored"], after.Findings.Select(finding => finding.Check));
        Assert.Equal((4, 0), (back.Moved.Count, back.Left.Count));
        Assert.Equal(before, Names());
    }

    [Fact]
    public async Task A_run_that_is_killed_at_any_step_leaves_every_file_in_one_place_and_can_be_undone()
    {
        Fill();
        (string[] names, string[] contents) = (Names(), Contents());
        DatasetCheckResult result = await CheckAsync();
        int cuts = 0;
        for (bool isDone = false; !isDone; cuts++)
        {
            isDone = !IsCut(step => SetAside.Apply(result, step, TestContext.Current.CancellationToken), cuts);
            Assert.Equal(contents, Contents());
            if (File.Exists(Journal))
            {
                Undo();
            }

            Assert.Equal(names, Names());
        }

        Assert.True(cuts > 9);

        static bool IsCut(Func<Action, SetAsideResult> work, int after)
        {
            try
            {
                work(() => after = after == 0 ? throw new PowerCutException() : after - 1);
                return false;
            }
            catch (PowerCutException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task An_undo_that_is_killed_at_any_step_is_gone_on_with_by_the_next()
    {
        Fill();
        (string[] names, string[] contents) = (Names(), Contents());
        DatasetCheckResult result = await CheckAsync();
        for (int cut = 0; cut < 9; cut++)
        {
            SetAside.Apply(result, TestContext.Current.CancellationToken);
            int left = cut;
            Assert.Throws<PowerCutException>(() => SetAside.Undo(Root, () => left = left == 0 ? throw new PowerCutException() : left - 1, TestContext.Current.CancellationToken));
            Assert.Equal(contents, Contents());

            Undo();
            Assert.Equal(names, Names());
        }
    }

    [Fact]
    public async Task A_journal_that_ends_in_the_middle_of_a_line_is_read_and_written_on()
    {
        Fill();
        string[] names = Names();
        DatasetCheckResult result = await CheckAsync();
        folder.Write($"pictures/{SetAside.FolderName}/moves.jsonl", "{\"from\":\"nut/00.jpg\",\"to\":\".incep"u8.ToArray());

        Assert.Equal(4, SetAside.Apply(result, TestContext.Current.CancellationToken).Moved.Count);
        Assert.Equal(4, Undo().Moved.Count);
        Assert.Equal(names, Names());
    }

    [Fact]
    public async Task A_second_run_adds_to_the_first_and_one_undo_brings_all_back()
    {
        Fill();
        SetAside.Apply(await CheckAsync(), TestContext.Current.CancellationToken);
        folder.Write("pictures/nut/00 copy.jpg", DrawnImages.Photo(0));
        string[] contents = Contents();

        Assert.Equal(["nut/00 copy.jpg"], SetAside.Apply(await CheckAsync(), TestContext.Current.CancellationToken).Moved);
        SetAsideResult back = Undo();

        // Two files of one name were moved; one of them is back, the other waits.
        Assert.Equal((4, "nut/00 copy.jpg"), (back.Moved.Count, Assert.Single(back.Left).Path));
        Assert.Equal(contents, Contents());
    }

    [Fact]
    public async Task Links_and_what_they_lead_to_stay()
    {
        folder.Clean();
        folder.LinkOrSkip("pictures/nut/link.jpg", folder.At("pictures", "nut", "00.jpg"));

        SetAsideResult moved = SetAside.Apply(await CheckAsync(), TestContext.Current.CancellationToken);

        Assert.Empty(moved.Moved);
        Assert.Equal("link.jpg", Path.GetFileName(Assert.Single(moved.Left).Path));
        Assert.False(Directory.Exists(Path.Join(Root, SetAside.FolderName)));
    }

    [Fact]
    public void Lines_of_a_journal_that_lead_out_of_the_folder_move_nothing()
    {
        folder.Clean();
        folder.Write("outside.jpg", [1]);
        folder.Write($"pictures/{SetAside.FolderName}/moves.jsonl", "{\"from\":\"../stolen.jpg\",\"to\":\"nut/00.jpg\"}\n{\"from\":\"nut/x.jpg\",\"to\":\"../outside.jpg\"}\n"u8.ToArray());

        Assert.Empty(Undo().Moved);
        Assert.True(File.Exists(folder.At("outside.jpg")) && File.Exists(folder.At("pictures", "nut", "00.jpg")));
    }

    [Fact]
    public async Task A_manifest_is_refused_and_an_undo_of_nothing_moves_nothing()
    {
        folder.Clean();
        folder.Write("list.csv", "path,label\npictures/nut/00.jpg,nut\npictures/bolt/01.jpg,bolt\n"u8.ToArray());
        DatasetCheckResult listed = await DatasetCheck.RunAsync(folder.At("list.csv"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("remove the manifest's rows instead", Assert.Throws<DatasetException>(() => SetAside.Apply(listed, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no folder", Assert.Throws<DatasetException>(UndoList).Message, StringComparison.Ordinal);
        Assert.Empty(Undo().Moved);

        void UndoList() => SetAside.Undo(folder.At("list.csv"), TestContext.Current.CancellationToken);
    }

    private sealed class PowerCutException : Exception;
}
