using System.Text;
using System.Text.Json;
using InceptionMl.Batch.Formats;
using InceptionMl.Scoring;
using Parquet;

namespace InceptionMl.Batch.Tests;

public sealed class ScoreColumnTests
{
    private static readonly ScoreLayout Everything = new(["a", "b"]) { WithId = true, WithOutcome = true };

    private static readonly ScoreRow Scored = new()
    {
        Path = " a, \"b\"\r\nc.jpg",
        Id = "7",
        Label = "b",
        Probability = 0.75f,
        Outcome = ScoringOutcome.Uncertain,
        Scores = new OrderedDictionary<string, float> { ["a"] = 0.25f, ["b"] = 0.75f },
    };

    private static readonly ScoreRow Unreadable = new() { Path = "b.jpg", Error = "is no image" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_format_has_the_columns_of_a_row_in_the_same_order()
    {
        string[] columns = ["path", "id", "label", "probability", "outcome", "scores", "error"];

        string csv = await WriteAsync(text => new CsvScoreWriter(text, Everything), Scored);
        string json = await WriteAsync(text => new JsonLinesScoreWriter(text, Everything), Scored with { Error = "none" });
        using MemoryStream parquet = new();
        await using (ParquetScoreWriter writer = await ParquetScoreWriter.CreateAsync(parquet, Everything, Stop))
        {
            await writer.WriteAsync(Scored, Stop);
            await writer.CompleteAsync(Stop);
        }

        await using ParquetReader reader = await ParquetReader.CreateAsync(parquet, cancellationToken: Stop);
        Assert.Equal([.. columns[..5], "error", "a", "b"], csv.Split("\r\n")[0].Split(','));
        Assert.EndsWith(",7,b,0.75,uncertain,,0.25,0.75\r\n", csv, StringComparison.Ordinal);
        Assert.Equal(columns, JsonDocument.Parse(json).RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(columns, reader.Schema.Fields.Select(field => field.Name));
    }

    [Fact]
    public async Task A_row_is_the_same_after_it_was_written_as_a_line_of_json_and_read()
    {
        ScoreRow nowhere = Scored with { Probability = float.NaN };
        string lines = await WriteAsync(text => new JsonLinesScoreWriter(text, Everything), Scored, Unreadable, nowhere);

        using MemoryStream stream = new(Encoding.UTF8.GetBytes(lines));
        List<ScoreRow> rows = await JsonLinesScoreWriter.ReadAsync(stream, Stop).ToListAsync(Stop);

        Assert.Equal(Scored.Scores, rows[0].Scores);
        Assert.Equal(Scored, rows[0] with { Scores = Scored.Scores });
        Assert.Equal(Unreadable, rows[1]);
        Assert.Contains("\"probability\":null", lines.Split('\n')[2], StringComparison.Ordinal);
        Assert.Null(rows[2].Probability);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_record_of_an_unfinished_file_is_read_by_its_columns(bool withId, bool withOutcome)
    {
        ScoreLayout layout = Everything with { WithId = withId, WithOutcome = withOutcome };
        string csv = await WriteAsync(text => new CsvScoreWriter(text, layout, writeHeader: false), Scored, Unreadable);
        ScoreText text = CsvScoreWriter.Describe(layout);
        int second = csv.LastIndexOf("b.jpg", StringComparison.Ordinal);

        ScoreRow first = text.Read(csv[..(second - 2)])!;
        ScoreRow last = text.Read(csv[second..^2])!;

        Assert.Equal((Scored.Path, withId ? "7" : null, (string?)null), (first.Path, first.Id, first.Error));
        Assert.Equal(("b.jpg", null, "is no image"), (last.Path, last.Id, last.Error));
        Assert.Null(text.Read("b.jpg,1"));
    }

    private static async Task<string> WriteAsync(Func<TextWriter, IScoreWriter> create, params ScoreRow[] rows)
    {
        using StringWriter text = new() { NewLine = "\n" };
        await using (IScoreWriter writer = create(text))
        {
            foreach (ScoreRow row in rows)
            {
                await writer.WriteAsync(row, Stop);
            }

            await writer.CompleteAsync(Stop);
        }

        return text.ToString();
    }
}
