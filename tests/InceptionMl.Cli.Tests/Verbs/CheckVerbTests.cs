using System.Text.Json;
using InceptionMl.TestSupport;
using SkiaSharp;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class CheckVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CheckVerbTests()
    {
        for (int i = 0; i < 24; i++)
        {
            folder.Write($"{(i % 2 == 0 ? "nut" : "bolt")}/{i:00}.png", Draw(i));
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_clean_folder_ends_with_0_and_an_error_with_3()
    {
        ToolRun clean = await Tool.RunAsync("check", folder.Path, "--cache", "none");
        folder.Write("nut/broken.png", Draw(50)[..200]);
        ToolRun broken = await Tool.RunAsync("check", folder.Path, "--cache", "none");

        Assert.Equal((ExitStatus.Done, "24 images in 2 classes: nothing found."), (clean.Status, clean.Output.Trim()));
        Assert.Equal(ExitStatus.SomeUnreadable, broken.Status);
        Assert.StartsWith("25 images in 2 classes: 1 error.", broken.Output, StringComparison.Ordinal);
        Assert.Contains($"error: '{folder.Path}/nut/broken.png' is a PNG file", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_a_line_per_finding_with_the_promised_keys()
    {
        folder.Write("nut/broken.png", Draw(50)[..200]);
        folder.Write("nut/copy.png", Draw(0));

        ToolRun run = await Tool.RunAsync("check", folder.Path, "--cache", "none", "--json");

        Assert.Equal(ExitStatus.SomeUnreadable, run.Status);
        Assert.Equal(2, run.Json.Length);
        Assert.All(run.Json, line => Assert.Equal(
            ["check", "severity", "label", "paths", "count", "message"], line.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(("truncated", "error", 1), Of(run.Json[0]));
        Assert.Equal(("copies", "warning", 2), Of(run.Json[1]));
        Assert.Equal([$"{folder.Path}/nut/00.png", $"{folder.Path}/nut/copy.png"], run.Json[1].GetProperty("paths").EnumerateArray().Select(path => path.GetString()));

        static (string?, string?, int) Of(JsonElement line) =>
            (line.GetProperty("check").GetString(), line.GetProperty("severity").GetString(), line.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Fix_moves_files_says_so_and_undo_moves_them_back()
    {
        string broken = folder.Write("nut/broken.png", Draw(50)[..200]);

        ToolRun told = await Tool.RunAsync("check", folder.Path, "--cache", "none");
        ToolRun mended = await Tool.RunAsync("check", folder.Path, "--cache", "none", "--fix");
        bool isAside = !File.Exists(broken);
        ToolRun back = await Tool.RunAsync("check", folder.Path, "--cache", "none", "--undo");

        Assert.Contains("--fix would move 1 file", told.Output, StringComparison.Ordinal);
        Assert.Contains("Moved 1 file into", mended.Error, StringComparison.Ordinal);
        Assert.Contains("--undo moves them back", mended.Error, StringComparison.Ordinal);
        Assert.True(isAside);
        Assert.Equal((ExitStatus.Done, "Moved 1 file back."), (back.Status, back.Error.Trim()));
        Assert.True(File.Exists(broken));
    }

    [Fact]
    public async Task Fix_and_undo_together_are_a_wrong_command_line() =>
        Assert.Equal(ExitStatus.Usage, (await Tool.RunAsync("check", folder.Path, "--cache", "none", "--fix", "--undo")).Status);

    [Fact]
    public async Task A_backbone_that_is_not_there_is_told()
    {
        ToolRun run = await Tool.RunAsync("check", folder.Path, "--cache", "none", "--backbone", "no-such-network");

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.NotEmpty(run.Error);
    }

    private static byte[] Draw(int number)
    {
        Random random = new(number);
        using SKBitmap bitmap = new(new SKImageInfo(160, 120, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Pixels = [.. Enumerable.Range(0, 160 * 120).Select(_ => new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)))];
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
