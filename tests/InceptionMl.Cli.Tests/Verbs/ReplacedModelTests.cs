using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class ReplacedModelTests
{
    private static readonly string[] Labels = ["bolt", "nut"];

    private static async Task<string> ImagesAsync(TemporaryFolder folder, int each)
    {
        foreach (IGrouping<string, string> label in TrainedDemo.TestImages.GroupBy(image => Path.GetFileName(Path.GetDirectoryName(image)!)).Take(Labels.Length))
        {
            foreach (string image in label.Take(each))
            {
                folder.Write($"images/{label.Key}/{Path.GetFileName(image)}", await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken));
            }
        }

        return folder.At("images");
    }

    [Fact]
    public async Task A_training_says_whether_it_is_better_than_the_model_it_replaces_or_that_nobody_can_tell()
    {
        using TemporaryFolder folder = new();
        string images = await ImagesAsync(folder, each: 6);
        string[] line = ["train", images, "--out", folder.At("m.zip"), "--cache", "none", "--test", "0.4", "--json"];

        ToolRun first = await Tool.RunAsync(line);
        ToolRun again = await Tool.RunAsync(line);
        await ImagesAsync(folder, each: 7);
        ToolRun more = await Tool.RunAsync(line);

        Assert.DoesNotContain("Against the model", first.Error, StringComparison.Ordinal);
        Assert.Contains("Against the model that it replaces: the same, ", again.Error, StringComparison.Ordinal);
        Assert.Contains("test images that neither was trained on.", again.Error, StringComparison.Ordinal);
        Assert.Contains("Against the model that it replaces: nobody can tell, since that one was made from other images", more.Error, StringComparison.Ordinal);
        Assert.False(Assert.Single(first.Json).TryGetProperty("replaced", out _));
        JsonElement same = Assert.Single(again.Json).GetProperty("replaced");
        Assert.Equal("same", same.GetProperty("comparison").GetString());
        Assert.Equal(first.Json[0].GetProperty("test").GetProperty("accuracy").GetDouble(), same.GetProperty("accuracy").GetDouble());
        JsonElement unknown = Assert.Single(more.Json).GetProperty("replaced");
        Assert.Equal("unknown", unknown.GetProperty("comparison").GetString());
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("accuracy").ValueKind);
    }
}
