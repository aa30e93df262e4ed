using System.Text;
using InceptionMl.Batch.Formats;
using InceptionMl.Batch.Resuming;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Batch.Tests;

public sealed class ResumableScoresTests : IDisposable
{
    private static readonly ScoreOrigin Origin = new("model", ["folder"], new Dictionary<string, string?> { ["--top"] = null });
    private static readonly ScoreText Lines = new(null, QuotesHoldLines: false, record => Read(record, '<', '>'));
    private static readonly ScoreText Quoted = new("the header", QuotesHoldLines: true, record => Read(record, '"', '"'));

    // What is behind the lead is anything that is not a failure's mark; b could not be read.
    private static readonly string[] Paths = ["a", "b", "c\nd", "e", "a"];

    private readonly TemporaryFolder folder = new();

    private string File => folder.At("scores.txt");

    public void Dispose() => folder.Dispose();

    private static IAsyncEnumerable<BatchInput> Inputs(params string[] paths) =>
        paths.Select(path => new BatchInput(ImageSource.FromFile("/x", path))).ToAsyncEnumerable();

    private static ScoreRow? Read(string record, char opens, char closes) => record[0] == opens && record.IndexOf(closes, 1) is > 0 and int end
        ? new ScoreRow { Path = record[1..end], Error = record[end + 1] == '!' ? record[(end + 2)..] : null }
        : null;

    private static string Record(ScoreText text, string path) => (text.QuotesHoldLines ? $"\"{path}\"" : $"<{path}>") + (path == "b" ? "!failed" : "é 0.5") + "\n";

    private async Task<ResumableScores> RunAsync(ScoreText text, IAsyncEnumerable<BatchInput> inputs)
    {
        using ResumableScores scores = ResumableScores.Open(File, Origin, text);
        if (!scores.HasHeader && text.Header is { } header)
        {
            scores.Stream.Write(Encoding.UTF8.GetBytes(header + "\n"));
        }

        await foreach (BatchInput input in scores.SkipDoneAsync(inputs))
        {
            scores.Stream.Write(Encoding.UTF8.GetBytes(Record(text, input.Path)));
        }

        scores.Complete();
        return scores;
    }

    private void Leave(byte[] half)
    {
        ResumableScores.Open(File, Origin, Lines).Dispose();
        System.IO.File.WriteAllBytes(File + ".partial", half);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cut_at_any_byte_the_whole_has_the_bytes_of_a_run_without_a_break(bool quoted)
    {
        ScoreText text = quoted ? Quoted : Lines;
        string[] paths = quoted ? Paths : [.. Paths.Select(path => path.Replace('\n', '_'))];
        await RunAsync(text, Inputs(paths));
        byte[] whole = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            Leave(whole[..cut]);

            ResumableScores scores = await RunAsync(text, Inputs(paths));

            Assert.Equal(whole, await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken));
            Assert.Equal([File], Directory.GetFiles(folder.Path));
            long done = paths.Select((_, i) => Encoding.UTF8.GetByteCount((quoted ? "the header\n" : "") + string.Concat(paths[..(i + 1)].Select(p => Record(text, p)))))
                .Count(length => length <= cut);
            Assert.Equal((done, done >= 2 ? 1 : 0), (scores.Done, scores.DoneUnreadable));
        }
    }

    [Fact]
    public async Task Other_inputs_are_refused_by_the_first_that_differs_and_the_half_stays()
    {
        byte[] half = Encoding.UTF8.GetBytes(Record(Lines, "a") + Record(Lines, "b"));
        Leave(half);

        DatasetException differs = await Assert.ThrowsAsync<DatasetException>(() => RunAsync(Lines, Inputs("a", "x", "y")));
        DatasetException missing = await Assert.ThrowsAsync<DatasetException>(() => RunAsync(Lines, Inputs("a")));

        Assert.Contains("after 1 results the next input is now 'x', but there stands '<b>!failed'", differs.Message, StringComparison.Ordinal);
        Assert.Contains("there is no further input now", missing.Message, StringComparison.Ordinal);
        Assert.Equal(half, await System.IO.File.ReadAllBytesAsync(File + ".partial", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Another_model_other_inputs_and_other_options_are_refused()
    {
        Leave([]);

        Assert.Contains("made with another model", Refused(Origin with { Model = "other" }), StringComparison.Ordinal);
        Assert.Contains("made with other inputs", Refused(Origin with { Inputs = ["other"] }), StringComparison.Ordinal);
        Assert.Contains("made with another --top", Refused(Origin with { Options = new Dictionary<string, string?> { ["--top"] = "3" } }), StringComparison.Ordinal);

        string Refused(ScoreOrigin origin) => Assert.Throws<DatasetException>(() => ResumableScores.Open(File, origin, Lines)).Message;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{")]
    [InlineData("{\"model\":null}")]
    public void A_half_of_which_nobody_knows_what_it_is_of_is_refused(string? origin)
    {
        Leave([]);
        System.IO.File.Delete(File + ".partial.json");
        if (origin is not null)
        {
            System.IO.File.WriteAllText(File + ".partial.json", origin);
        }

        Assert.Contains("missing or damaged", Assert.Throws<DatasetException>(() => ResumableScores.Open(File, Origin, Lines)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_these_results_is_refused()
    {
        Leave("another header\n"u8.ToArray());

        Assert.Contains("does not begin with the header", Assert.Throws<DatasetException>(() => ResumableScores.Open(File, Origin, Quoted)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stood_there_stays_until_the_new_results_are_complete()
    {
        await System.IO.File.WriteAllTextAsync(File, "earlier", TestContext.Current.CancellationToken);

        using (ResumableScores scores = ResumableScores.Open(File, Origin, Lines))
        {
            scores.Stream.Write("<a>x\n"u8);
        }

        Assert.Equal("earlier", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
        await RunAsync(Lines, Inputs("a", "b"));
        Assert.Equal("<a>x\n<b>!failed\n", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Two_runs_cannot_write_the_same_half()
    {
        using ResumableScores first = ResumableScores.Open(File, Origin, Lines);

        Assert.Throws<IOException>(() => ResumableScores.Open(File, Origin, Lines));
    }
}
