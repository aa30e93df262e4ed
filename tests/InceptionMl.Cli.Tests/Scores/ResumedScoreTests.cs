using System.IO.Compression;
using System.Text.RegularExpressions;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Scores;

/// <summary>Runs of the score verb that were cut off and are gone on with.</summary>
public sealed partial class ResumedScoreTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private string[] Resumed(string output, string format) =>
        ["score", demo.Model, ImageTable.Write(folder), "--format", format, "--id-column", "number", "--out", output, "--resume"];

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
