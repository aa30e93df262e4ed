using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Scores;

public sealed class TableScoreTests(TrainedDemo demo)
{
    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public async Task On_a_terminal_a_line_is_an_image_and_no_share_is_torn_from_its_label(int width)
    {
        string[] lines = await LinesAsync(width);

        Assert.All(lines, line => Assert.True(TerminalWriter.Columns(line) < width, line));
        Assert.All(lines, line => Assert.Matches(@"\.jpg +\S.* [0-9.]+ %( |$)", line));
        Assert.All(lines, line => Assert.StartsWith("…", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Elsewhere_paths_are_whole_and_every_label_that_was_asked_for_is_there() =>
        Assert.All(await LinesAsync(width: null), line => Assert.Equal((3, true), (line.Count(c => c == '%'), line.StartsWith(TrainedDemo.Images, StringComparison.Ordinal))));

    private async Task<string[]> LinesAsync(int? width)
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        using StringWriter text = new();
        await using TableScoreWriter writer = new(text, TableScoreWriter.DefaultTop, width);
        ImageSource[] images = [.. TrainedDemo.TestImages.Take(3).Select(path => ImageSource.FromFile(path))];
        await foreach (ScoringResult result in scorer.ScoreAsync(images, TestContext.Current.CancellationToken))
        {
            await writer.WriteAsync(Batch.ScoreRow.Create(result), TestContext.Current.CancellationToken);
        }

        return text.ToString().TrimEnd().Split('\n');
    }
}
