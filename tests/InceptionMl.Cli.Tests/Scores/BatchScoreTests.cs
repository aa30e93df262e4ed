using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using InceptionMl.Cli.Rendering;
using InceptionMl.TestSupport;
using Parquet.Serialization;

namespace InceptionMl.Cli.Tests.Scores;

/// <summary>The score verb over archives and tables, to files of every kind, cut off and gone on with.</summary>
public sealed partial class BatchScoreTests(TrainedDemo demo) : IClassFixture<TrainedDemo>, IDisposable
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

    private string Table(string lineEnd = "\n") => folder.Write("list.csv", Encoding.UTF8.GetBytes(string.Join(
        lineEnd,
        ["number,path", .. TrainedDemo.TestImages[..8].Select((image, i) => $"\"n\"\"{i}\",\"{image}\""), "8,missing.jpg", $"9,{TrainedDemo.TestImages[9]}", ""])));

    private string[] Resumed(string output, string format) =>
        ["score", demo.Model, Table(), "--format", format, "--id-column", "number", "--out", output, "--resume"];

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
        ToolRun json = await Tool.RunAsync("score", demo.Model, Table(), "--json", "--id-column", "number");
        ToolRun csv = await Tool.RunAsync("score", demo.Model, Table(), "--format", "csv", "--id-column", "number", "--top", "1");

        Assert.Equal(ExitStatus.SomeUnreadable, json.Status);
        Assert.Contains("9 scored, 1 could not be read.", json.Error, StringComparison.Ordinal);
        Assert.Equal("n\"0", json.Json[0].GetProperty("id").GetString());
        Assert.Equal("missing.jpg", json.Json[8].GetProperty("path").GetString());
        Assert.Equal("path,id,label,probability,error,label1,probability1", csv.Output.Split('\n')[0].TrimEnd('\r'));
        Assert.StartsWith("missing.jpg,8,,,", csv.Output.Split('\n')[9], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_holds_what_the_other_formats_do()
    {
        string output = folder.At("scores.parquet");

        ToolRun run = await Tool.RunAsync("score", demo.Model, Table(), "--format", "parquet", "--id-column", "number", "--out", output);
        ToolRun json = await Tool.RunAsync("score", demo.Model, Table(), "--json", "--id-column", "number");

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

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("csv", "--abstain-below", "0.9")]
    [InlineData("json", "--abstain-below", "0.9")]
    public async Task A_run_that_was_cut_off_goes_on_and_ends_with_the_bytes_of_one_without_a_break(string format, params string[] more)
    {
        string output = folder.At("scores.out");
        string[] arguments = [.. Resumed(output, format)[..^1], .. more, "--resume"];
        ToolRun plain = await Tool.RunAsync([.. arguments[..^1]]);
        byte[] whole = await File.ReadAllBytesAsync(output, Stop);
        File.Delete(output);
        byte[] origin = await OriginAsync(arguments, output);
        int[] cuts = [1, whole.Length / 3, whole.Length / 2, whole.Length - 1, whole.Length];
        foreach (int cut in cuts)
        {
            await File.WriteAllBytesAsync(output + ".partial", whole[..cut], Stop);
            await File.WriteAllBytesAsync(output + ".partial.json", origin, Stop);

            ToolRun run = await Tool.RunAsync(arguments);

            Assert.Equal((plain.Status, ExitStatus.SomeUnreadable), (run.Status, run.Status));
            Assert.Equal(whole, await File.ReadAllBytesAsync(output, Stop));
            Assert.False(File.Exists(output + ".partial") || File.Exists(output + ".partial.json"));
            Assert.Equal(10, Numbers(run.Error).Sum());
        }

        ToolRun last = await Tool.RunAsync([.. arguments]);
        Assert.Equal(10, Numbers(last.Error).Sum());
        Assert.DoesNotContain("done before", last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_goes_on_too_and_ends_with_the_bytes_of_one_without_a_break()
    {
        string output = folder.At("scores.parquet");
        string[] arguments = Resumed(output, "parquet");
        await Tool.RunAsync([.. arguments[..^1]]);
        byte[] whole = await File.ReadAllBytesAsync(output, Stop);
        string lines = folder.At("lines.json");
        await Tool.RunAsync([.. Resumed(lines, "json")[..^1], "--abstain-below", "0"]);
        byte[] half = await File.ReadAllBytesAsync(lines, Stop);
        File.Delete(output);
        byte[] origin = await OriginAsync(arguments, output);
        foreach (int cut in (int[])[0, half.Length / 2, half.Length])
        {
            await File.WriteAllBytesAsync(output + ".partial", half[..cut], Stop);
            await File.WriteAllBytesAsync(output + ".partial.json", origin, Stop);

            ToolRun run = await Tool.RunAsync(arguments);

            Assert.Equal(ExitStatus.SomeUnreadable, run.Status);
            Assert.Equal(10, Numbers(run.Error).Sum());
            Assert.Equal(whole, await File.ReadAllBytesAsync(output, Stop));
            Assert.False(File.Exists(output + ".partial") || File.Exists(output + ".partial.json"));
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
        Table();

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

    [Fact]
    public async Task A_half_of_another_model_is_refused_and_stays()
    {
        string output = folder.At("scores.csv");
        string[] arguments = Resumed(output, "csv");
        await File.WriteAllBytesAsync(output + ".partial.json", await OriginAsync(arguments, output), Stop);
        await File.WriteAllTextAsync(output + ".partial", "x", Stop);
        string other = folder.At("other.zip");
        File.Copy(demo.Model, other);
        await using (ZipArchive zip = await ZipFile.OpenAsync(other, ZipArchiveMode.Update, Stop))
        {
            zip.CreateEntry("more");
        }

        arguments[1] = other;
        ToolRun run = await Tool.RunAsync(arguments);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("was made with another model", run.Error, StringComparison.Ordinal);
        Assert.Equal("x", await File.ReadAllTextAsync(output + ".partial", Stop));
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

    [Fact]
    public async Task Nobody_reading_any_more_ends_the_scoring_without_a_word()
    {
        int read = 0;
        using ClosedPipe pipe = new();
        await using StreamWriter output = new(new ResultStream(pipe), leaveOpen: true) { AutoFlush = true };
        using StringWriter error = new();
        using CountingLines input = new(TrainedDemo.TestImages, () => read++);
        using Spectre.Console.Testing.TestConsole console = new();
        CommandContext context = new() { Output = output, Error = error, Input = input, Console = console, ErrorConsole = console, Interactive = false };

        int status = await CommandLine.RunAsync(["score", demo.Model, "-", "--json"], context);

        Assert.Equal((ExitStatus.Done, string.Empty), (status, error.ToString()));
        Assert.InRange(read, 1, TrainedDemo.TestImages.Length - 1);
        pipe.Open = true;
    }

    [Fact]
    public async Task Head_ends_the_tool()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the console's own stream is used there");
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll"), "score", demo.Model, "-", "--json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteLineAsync(TrainedDemo.TestImages[0]);
        await process.StandardInput.FlushAsync(Stop);
        Assert.Contains("\"label\"", await process.StandardOutput.ReadLineAsync(Stop), StringComparison.Ordinal);
        process.StandardOutput.Close();
        await process.StandardInput.WriteLineAsync(TrainedDemo.TestImages[1]);
        await process.StandardInput.FlushAsync(Stop);

        // Standard input stays open: only the broken pipe can end it.
        string error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal((ExitStatus.Done, string.Empty), (process.ExitCode, error));
    }

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parenthesis();

    private static IEnumerable<int> Numbers(string error)
    {
        // "S scored (U of them uncertain), F could not be read, D were done before (U of them could not be read)."
        return Parenthesis().Replace(error, string.Empty).Split(' ').Select(word => int.TryParse(word, out int number) ? number : 0);
    }

    private static async Task<byte[]> OriginAsync(string[] arguments, string output)
    {
        // What a run keeps beside its half is caught while the half cannot be written: a folder stands in its place.
        Directory.CreateDirectory(output + ".partial");
        ToolRun refused = await Tool.RunAsync(arguments);
        Directory.Delete(output + ".partial");
        Assert.Equal(ExitStatus.Failed, refused.Status);
        byte[] origin = await File.ReadAllBytesAsync(output + ".partial.json", Stop);
        File.Delete(output + ".partial.json");
        return origin;
    }
}
