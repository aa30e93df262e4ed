using System.Text.Json;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;
using Spectre.Console.Testing;

namespace InceptionMl.Cli.Tests.Retraining;

public sealed class RetrainVerbTests : IDisposable
{
    private readonly RetrainScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task Promoted_is_status_0_and_the_object_has_the_promised_keys()
    {
        scene.AddClasses(2, 16);

        ToolRun first = await Tool.RunAsync("retrain", scene.PipelinePath, "--json");
        ToolRun same = await Tool.RunAsync("retrain", scene.PipelinePath, "--json");
        ToolRun told = await Tool.RunAsync("retrain", scene.PipelinePath);
        ToolRun second = await Tool.RunAsync("retrain", scene.PipelinePath, "--force", "--json");

        Assert.Equal((ExitStatus.Kept, ExitStatus.Kept), (same.Status, told.Status));
        Assert.Equal((JsonValueKind.Null, false), (same.Json[0].GetProperty("version").ValueKind, same.Json[0].GetProperty("promoted").GetBoolean()));
        Assert.Contains("Nothing changed since version 0001", told.Output, StringComparison.Ordinal);
        Assert.Equal((ExitStatus.Done, ExitStatus.Done), (first.Status, second.Status));
        JsonElement result = Assert.Single(first.Json);
        Assert.Equal(
            ["registry", "version", "promoted", "reasons", "rules", "champion", "challenger", "best", "test", "cache", "seconds", "changes", "testRelabels", "problems", "warnings", "diagnostics"],
            result.EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.Null, result.GetProperty("champion").ValueKind);
        Assert.Equal((scene.Registry.Folder, "0001", true), (Text(result, "registry"), Text(result, "version"), result.GetProperty("promoted").GetBoolean()));
        JsonElement again = Assert.Single(second.Json);
        Assert.Equal("0001", Text(again.GetProperty("champion"), "version"));
        Assert.Equal("0002", Text(again.GetProperty("challenger"), "version"));
        Assert.Equal("0001", Text(again.GetProperty("best"), "version"));
        Assert.InRange(again.GetProperty("champion").GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.InRange(again.GetProperty("challenger").GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.Equal(
            scene.Data("0002").Count(image => image.Part == SplitPart.Test), again.GetProperty("test").GetProperty("images").GetInt32());
        Assert.Equal((32, 0), (again.GetProperty("cache").GetProperty("hits").GetInt32(), again.GetProperty("cache").GetProperty("misses").GetInt32()));
        Assert.Equal(["featurize", "head", "compare", "total"], again.GetProperty("seconds").EnumerateObject().Select(property => property.Name));
        Assert.Equal("0002", scene.Registry.CurrentName);
    }

    [Fact]
    public async Task Kept_is_status_4_with_the_reason_for_people_and_programs()
    {
        scene.AddClasses(2, 40);
        await Tool.RunAsync("retrain", scene.PipelinePath);
        foreach (VersionImage image in scene.Data("0001").Where(data => data.Part != SplitPart.Test))
        {
            string other = image.Label == "red" ? "green" : "red";
            File.Move(image.Path, scene.Folder.At("images", other, $"x{Path.GetFileName(image.Path)}"));
        }

        ToolRun told = await Tool.RunAsync("retrain", scene.PipelinePath);
        ToolRun json = await Tool.RunAsync("retrain", scene.PipelinePath, "--force", "--json");

        Assert.Equal((ExitStatus.Kept, ExitStatus.Kept), (told.Status, json.Status));
        Assert.Contains("Version 0001 is kept; 0002 is in the registry beside it, not promoted:", told.Output, StringComparison.Ordinal);
        Assert.Contains("a significant loss overall", told.Output, StringComparison.Ordinal);
        Assert.Contains("newly wrong: ", told.Output, StringComparison.Ordinal);
        Assert.Contains("accuracy", told.Table, StringComparison.Ordinal);
        JsonElement result = Assert.Single(json.Json);
        Assert.False(result.GetProperty("promoted").GetBoolean());
        Assert.Contains(result.GetProperty("reasons").EnumerateArray(), reason => reason.GetString()!.Contains("a significant loss", StringComparison.Ordinal));
        JsonElement rule = result.GetProperty("rules")[1];
        Assert.Equal(["id", "holds", "value", "limit", "label", "message"], rule.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("overall", false), (Text(rule, "id"), rule.GetProperty("holds").GetBoolean()));
        Assert.True(rule.GetProperty("value").GetDouble() < rule.GetProperty("limit").GetDouble());
        Assert.Equal("0001", scene.Registry.CurrentName);
    }

    [Fact]
    public async Task A_changed_test_label_is_listed_and_accepted_on_request()
    {
        scene.AddClasses(2, 16);
        await Tool.RunAsync("retrain", scene.PipelinePath);
        VersionImage image = scene.Data("0001").First(data => data.Part == SplitPart.Test && data.Label == "red");
        string moved = scene.Folder.At("images", "green", "moved.png");
        File.Move(image.Path, moved);

        ToolRun listed = await Tool.RunAsync("retrain", scene.PipelinePath);
        ToolRun json = await Tool.RunAsync("retrain", scene.PipelinePath, "--json");
        ToolRun accepted = await Tool.RunAsync("retrain", scene.PipelinePath, "--accept-test-relabels");
        ToolRun after = await Tool.RunAsync("retrain", scene.PipelinePath);

        Assert.Contains($"{moved}: frozen as red, now green", listed.Output, StringComparison.Ordinal);
        JsonElement relabel = Assert.Single(Assert.Single(json.Json).GetProperty("testRelabels").EnumerateArray());
        Assert.Equal((moved, "red", "green"), (Text(relabel, "path"), Text(relabel, "frozen"), Text(relabel, "now")));
        Assert.Contains("Accept the new ones with --accept-test-relabels", listed.Output, StringComparison.Ordinal);
        Assert.Contains("the new labels are frozen now", accepted.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("frozen as", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_images_may_be_read_in_place_of_those_the_file_names()
    {
        scene.Add("elsewhere/red", 10, color: 0);
        scene.Add("elsewhere/green", 10, color: 1);

        ToolRun run = await Tool.RunAsync("retrain", scene.PipelinePath, "--images", scene.Folder.At("elsewhere"));

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.All(scene.Data("0001"), image => Assert.Contains("elsewhere", image.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_file_of_Model_Builder_gave_is_told()
    {
        scene.AddClasses(2, 10);
        string file = scene.Folder.Write("MLModel.mbconfig", """
            {
              "Scenario": "ImageClassification",
              "DataSource": { "Type": "Folder", "Version": 1, "FolderPath": "images" },
              "Environment": { "Type": "LocalGPU", "Version": 1 },
              "Type": "TrainingConfig",
              "Version": 5,
              "TrainingOption": { "Version": 2, "Type": "ClassificationTrainingOption", "TrainingTime": 20, "Seed": 7 }
            }
            """u8.ToArray());

        ToolRun run = await Tool.RunAsync("retrain", file, "--json");

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Contains("taken: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("ignored: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(scene.Folder.At("artifacts", "MLModel"), Text(Assert.Single(run.Json), "registry"));
    }

    [Theory]
    [InlineData("nothing.json")]
    [InlineData("")]
    public async Task A_pipeline_that_is_not_there_is_one_sentence(string name)
    {
        string file = name.Length == 0 ? scene.Folder.Write("broken.json", "{ \"dta\": [] }"u8.ToArray()) : scene.Folder.At(name);

        ToolRun run = await Tool.RunAsync("retrain", file, "--json");

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Empty(run.Output);
        Assert.Contains(Path.GetFileName(file), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("should not have happened", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.Registry.Folder));
    }

    [Fact]
    public async Task A_quiet_time_out_of_range_is_a_wrong_command_line()
    {
        scene.AddClasses(2, 10);

        Assert.Equal(ExitStatus.Usage, (await Tool.RunAsync("retrain", scene.PipelinePath, "--watch", "--quiet", "0")).Status);
    }

    [Fact]
    public async Task Watching_retrains_once_a_change_goes_on_after_a_failure_and_ends_when_interrupted()
    {
        scene.AddClasses(2, 16);
        string away = scene.Folder.At("away");

        ToolRun run = await WatchAsync(wait =>
        {
            switch (wait)
            {
                case 20:
                    scene.Add("images/red", 3, color: 0);
                    break;
                case 40:
                    Directory.Move(scene.Images, away);
                    break;
                case 60:
                    Directory.Move(away, scene.Images);
                    scene.Add("images/green", 2, color: 1);
                    break;
                case 100:
                    // As Ctrl-C ends the wait.
                    throw new OperationCanceledException();
            }
        });

        Assert.Equal(ExitStatus.Interrupted, run.Status);
        Assert.Equal([(0, 32), (32, 3), (35, 2)], run.Json.Select(result => result.GetProperty("cache"))
            .Select(cache => (cache.GetProperty("hits").GetInt32(), cache.GetProperty("misses").GetInt32())));
        Assert.Equal(["0001", "0002", "0003"], scene.Registry.Versions.Select(version => version.Version));
        Assert.Contains("There is no folder and no manifest", run.Error, StringComparison.Ordinal);
        Assert.Contains("Interrupted.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watching_loses_no_change_to_a_failure_that_passes_and_tells_it_once()
    {
        scene.AddClasses(2, 16);
        string current = scene.Folder.At("registry", "current");

        ToolRun run = await WatchAsync(wait =>
        {
            switch (wait)
            {
                case 20:
                    File.WriteAllText(current, "nonsense");
                    scene.Add("images/red", 3, color: 0);
                    break;
                case 60:
                    File.WriteAllText(current, "0001\n");
                    break;
                case 100:
                    throw new OperationCanceledException();
            }
        });

        Assert.Equal(["0001", "0002"], scene.Registry.Versions.Select(version => version.Version));
        Assert.Equal([0, 32], run.Json.Select(result => result.GetProperty("cache").GetProperty("hits").GetInt32()));
        Assert.Equal(2, run.Error.Split("names no version").Length);
    }

    [Fact]
    public async Task Watching_waits_for_the_registry_as_long_as_it_takes()
    {
        scene.AddClasses(2, 16);
        using RegistryWriter other = await RegistryWriter.OpenAsync(scene.Registry.Folder, cancellationToken: TestContext.Current.CancellationToken);

        ToolRun run = await WatchAsync(wait =>
        {
            switch (wait)
            {
                case 300:
                    other.Dispose();
                    break;
                case 400:
                    throw new OperationCanceledException();
            }
        });

        Assert.Equal("0001", Assert.Single(scene.Registry.Versions).Version);
        Assert.DoesNotContain("try again", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Watches with a clock that moves by itself.</summary>
    /// <param name="act">Told the number of each wait before it; an <see cref="OperationCanceledException"/> ends all as Ctrl-C does.</param>
    private async Task<ToolRun> WatchAsync(Action<int> act)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using TestConsole console = new();
        CommandContext context = new()
        {
            Output = output,
            Error = error,
            Input = TextReader.Null,
            Console = console,
            ErrorConsole = console,
            Interactive = false,
            Time = new SelfMovingTime(act),
        };
        int status = await CommandLine.RunAsync(["retrain", scene.PipelinePath, "--watch", "--quiet", "5", "--json"], context);
        return new ToolRun(status, output.ToString(), error.ToString(), string.Empty);
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
