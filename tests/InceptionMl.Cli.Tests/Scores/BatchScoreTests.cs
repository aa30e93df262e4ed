using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using InceptionMl.TestSupport;
using Parquet.Serialization;

namespace InceptionMl.Cli.Tests.Scores;

/// <summary>The score verb over archives and tables, to files of every kind, cut off and gone on with.</summary>
public sealed class BatchScoreTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private string Zip(params string[] images)
    {
        string path = folder.At("images.zip");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (string image in images)
        {
            zip.CreateEntryFromFile(image, Path.GetFileName(image));
        }

        zip.CreateEntry("readme.txt");
        return path;
    }

    [Fact]
    public async Task An_archive_scores_as_its_files_do()
    {
        string[] images = TrainedDemo.TestImages[..5];
        string zip = Zip(images);

        ToolRun packed = await Tool.RunAsync("score", demo.Model, zip, "--json");
        ToolRun plain = await Tool.RunAsync(["score", demo.Model, .. images, "--json"]);

        Assert.Equal(ExitStatus.Done, packed.Status);
        Assert.Contains("5 scored, 0 could not be read, 1 file ignored", packed.Error, StringComparison.Ordinal);
        Assert.Equal(images.Select(image => $"{zip}!/{Path.GetFileName(image)}"), packed.Json.Select(line => line.GetProperty("path").GetString()));
        Assert.Equal(plain.Json.Select(line => line.GetProperty("scores").GetRawText()), packed.Json.Select(line => line.GetProperty("scores").GetRawText()));
    }

    [Fact]
    public async Task A_table_carries_its_ids_to_the_results()
    {
        ToolRun json = await Tool.RunAsync("score", demo.Model, ImageTable.Write(folder), "--json", "--id-column", "number");
        ToolRun csv = await Tool.RunAsync("score", demo.Model, ImageTable.Write(folder), "--format", "csv", "--id-column", "number", "--top", "1");

        Assert.Equal(ExitStatus.SomeUnreadable, json.Status);
        Assert.Contains("9 scored, 1 could not be read.", json.Error, StringComparison.Ordinal);
        Assert.Equal("n\"0", json.Json[0].GetProperty("id").GetString());
        Assert.Equal("missing.jpg", json.Json[8].GetProperty("path").GetString());
        Assert.Equal("path,id,label,probability,outcome,error,label1,probability1", csv.Output.Split('\n')[0].TrimEnd('\r'));
        Assert.StartsWith("missing.jpg,8,,,", csv.Output.Split('\n')[9], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_holds_what_the_other_formats_do()
    {
        string output = folder.At("scores.parquet");

        ToolRun run = await Tool.RunAsync("score", demo.Model, ImageTable.Write(folder), "--format", "parquet", "--id-column", "number", "--out", output);
        ToolRun json = await Tool.RunAsync("score", demo.Model, ImageTable.Write(folder), "--json", "--id-column", "number");

        Assert.Equal(ExitStatus.SomeUnreadable, run.Status);
        await using FileStream stream = File.OpenRead(output);
        IList<ScoreRow> rows = (await ParquetSerializer.DeserializeAsync<ScoreRow>(stream, cancellationToken: Stop)).Data;
        Assert.Equal(json.Json.Length, rows.Count);
        foreach ((JsonElement line, ScoreRow row) in json.Json.Zip(rows))
        {
            Assert.Equal((line.GetProperty("path").GetString(), line.GetProperty("id").GetString()), (row.Path, row.Id));
            if (line.TryGetProperty("error", out JsonElement error))
            {
                Assert.Equal((error.GetString(), null, null, null), (row.Error, row.Label, row.Probability, row.Outcome));
                Assert.Null(row.Scores);
                continue;
            }

            Assert.Equal((line.GetProperty("label").GetString(), line.GetProperty("probability").GetSingle(), "accepted", null), (row.Label, row.Probability, row.Outcome, row.Error));
            Assert.Equal(line.GetProperty("scores").EnumerateObject().Select(score => score.Value.GetSingle()), row.Scores);
        }
    }

    [Fact]
    public async Task What_the_model_does_not_stand_by_is_told_in_every_format()
    {
        string[] images = TrainedDemo.TestImages[..12];
        string[] score = ["score", demo.Model, .. images, "--abstain-below", "0.99"];

        ToolRun json = await Tool.RunAsync([.. score, "--json"]);
        ToolRun csv = await Tool.RunAsync([.. score, "--format", "csv"]);
        ToolRun table = await Tool.RunAsync(score);
        string[] expected = [.. json.Json.Select(line => line.GetProperty("probability").GetSingle() < 0.99f ? "uncertain" : "accepted")];
        int uncertain = expected.Count(outcome => outcome == "uncertain");

        Assert.InRange(uncertain, 1, images.Length - 1);
        Assert.Equal(expected, json.Json.Select(line => line.GetProperty("outcome").GetString()));
        Assert.StartsWith("path,label,probability,outcome,error,", csv.Output, StringComparison.Ordinal);
        Assert.Equal(expected, csv.Output.TrimEnd().Split('\n')[1..].Select(row => row.Split(',')[3]));
        Assert.Equal(uncertain, table.Output.Split('\n').Count(line => line.TrimEnd().EndsWith("(uncertain)", StringComparison.Ordinal)));
        Assert.Contains($"12 scored ({uncertain} of them uncertain), 0 could not be read.", json.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_without_such_a_column_is_known_before_anything_is_scored()
    {
        string table = folder.Write("wrong.csv", "name,size\na.jpg,1\n"u8.ToArray());

        ToolRun run = await Tool.RunAsync("score", demo.Model, TrainedDemo.TestImages[0], table, "--json");

        Assert.Equal((ExitStatus.Failed, string.Empty), (run.Status, run.Output));
        Assert.Contains("has no column of paths", run.Error, StringComparison.Ordinal);
        Assert.Contains("its columns are 'name', 'size'. Columns are named by --path-column, --bytes-column or --id-column.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_reaches_archives_and_tables_and_a_folder_of_them_says_how()
    {
        string zip = Zip(TrainedDemo.TestImages[..3]);
        ImageTable.Write(folder);

        ToolRun both = await Tool.RunAsync("score", demo.Model, folder.At("*.zip"), folder.At("l*.csv"), "--json");
        ToolRun none = await Tool.RunAsync("score", demo.Model, folder.At("n*.zip"), "--json");
        ToolRun whole = await Tool.RunAsync("score", demo.Model, folder.Path, "--json");

        Assert.Contains("12 scored, 1 could not be read", both.Error, StringComparison.Ordinal);
        Assert.Equal($"{zip}!/{Path.GetFileName(TrainedDemo.TestImages[0])}", both.Json[0].GetProperty("path").GetString());
        Assert.Equal("no table or archive matches the pattern", Assert.Single(none.Json).GetProperty("error").GetString());
        Assert.Equal(ExitStatus.Failed, whole.Status);
        Assert.Contains("not opened", whole.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("csv", "--resume")]
    [InlineData("parquet")]
    public async Task What_is_being_written_is_not_counted(string format, params string[] more)
    {
        File.Copy(TrainedDemo.TestImages[0], folder.At("a.jpg"));
        folder.Write("notes.txt", "text"u8.ToArray());
        File.Copy(TrainedDemo.TestImages[0], folder.At("scores.jpg"));
        string[] score = ["score", demo.Model, folder.Path, "--format", format, "--out", folder.At("scores"), .. more];

        ToolRun first = await Tool.RunAsync(score);
        ToolRun again = await Tool.RunAsync(score);

        Assert.All([first, again], run => Assert.Contains("2 scored, 0 could not be read, 1 file ignored", run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--format parquet needs a file", "--format", "parquet")]
    [InlineData("leave out --top", "--format", "parquet", "--out", "x.parquet", "--top", "2")]
    [InlineData("--resume needs the file", "--resume", "--json")]
    [InlineData("--resume does not go with --format table", "--resume", "--out", "x.txt")]
    [InlineData("--abstain-below 1.5 is no probability", "--abstain-below", "1.5")]
    [InlineData("--abstain-below nan is no probability", "--abstain-below", "nan")]
    [InlineData("--out b.JPG is named like a picture", "--out", "b.JPG")]
    [InlineData("--out a.jpg is one of the inputs", "--out", "a.jpg")]
    public async Task What_does_not_go_together_is_refused(string message, params string[] options)
    {
        ToolRun run = await Tool.RunAsync(["score", demo.Model, "a.jpg", .. options]);

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list.csv")]
    [InlineData("day.zip")]
    [InlineData("t.parquet")]
    [InlineData("plain")]
    [InlineData("a.jpg")]
    public async Task A_pipe_by_any_name_is_an_error_and_is_not_waited_for(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are none there");
        string pipe = folder.At(name);
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(Stop);
        }

        ToolRun run = await Tool.RunAsync("score", demo.Model, pipe, TrainedDemo.TestImages[0], "--json");

        Assert.Equal(ExitStatus.SomeUnreadable, run.Status);
        Assert.Equal("is not a regular file", run.Json[0].GetProperty("error").GetString());
        Assert.True(run.Json[1].TryGetProperty("label", out _));
    }
}
