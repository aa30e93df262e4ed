using System.Text.Json;
using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Versions;

namespace InceptionMl.Cli.Tests.Registry;

public sealed class ModelsVerbTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    private string Folder => folder.At("spaced name [ü]");

    /// <summary>Three versions, of which 0001 and then 0002 were promoted.</summary>
    public async ValueTask InitializeAsync()
    {
        using RegistryWriter writer = await RegistryWriter.OpenAsync(Folder, null, TestContext.Current.CancellationToken);
        for (byte i = 1; i <= 3; i++)
        {
            byte last = i;
            await writer.PublishAsync(
                (staged, _) => SmallVersion.WriteAsync(
                    staged,
                    0.5 + (last / 10.0),
                    Enumerable.Range(1, last * 4).Select(content => SmallVersion.Image((byte)content, "bolt", content % 4 == 0 ? SplitPart.Test : SplitPart.Train))),
                TestContext.Current.CancellationToken);
        }

        writer.Promote("0001", "the first");
        writer.Promote("0002", "better [by far]");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task List_names_every_version_and_marks_the_promoted_one()
    {
        ToolRun people = await Tool.RunAsync("models", "list", Folder);
        ToolRun programs = await Tool.RunAsync("models", "list", Folder, "--json");

        Assert.Equal((ExitStatus.Done, ExitStatus.Done), (people.Status, programs.Status));
        Assert.Contains("0003", people.Table, StringComparison.Ordinal);

        // What each was tested on is not the same, so no figure stands beside another.
        Assert.DoesNotContain("70.0%", people.Table.Replace(" %", "%", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal([("0001", false), ("0002", true), ("0003", false)], programs.Json.Select(
            version => (version.GetProperty("version").GetString()!, version.GetProperty("current").GetBoolean())));
        Assert.Equal(0.7, programs.Json[1].GetProperty("test").GetProperty("accuracy").GetDouble());
        Assert.Equal(10, programs.Json[1].GetProperty("images").GetInt32());
        Assert.Equal(JsonValueKind.Null, programs.Json[1].GetProperty("problem").ValueKind);
    }

    [Fact]
    public async Task A_damaged_version_is_listed_and_told_by_the_status()
    {
        File.Delete(Path.Combine(Folder, "versions", "0003", "model.zip"));

        ToolRun run = await Tool.RunAsync("models", "list", Folder, "--json");

        Assert.Equal(ExitStatus.SomeUnreadable, run.Status);
        Assert.Contains("model.zip is missing", run.Json[2].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Contains("0003 is damaged: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_is_of_the_promoted_version_unless_one_is_named()
    {
        ToolRun people = await Tool.RunAsync("models", "show", Folder);
        ToolRun programs = await Tool.RunAsync("models", "show", Folder, "0001", "--format", "json");

        Assert.Contains("Version 0002, promoted: ", people.Output, StringComparison.Ordinal);
        Assert.Contains("from 0001: better [by far]", people.Output, StringComparison.Ordinal);
        JsonElement shown = Assert.Single(programs.Json);
        Assert.Equal("0001", shown.GetProperty("version").GetString());
        Assert.Equal("the first", shown.GetProperty("promotions")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("02")]
    [InlineData("0002")]
    public async Task A_version_is_known_by_its_number(string number)
    {
        ToolRun show = await Tool.RunAsync("models", "show", Folder, number);
        ToolRun compare = await Tool.RunAsync("models", "compare", Folder, "1", number, "--json");
        ToolRun promote = await Tool.RunAsync("models", "promote", Folder, number);

        Assert.Contains("Version 0002, promoted: ", show.Output, StringComparison.Ordinal);
        Assert.Equal("0002", compare.Json[0].GetProperty("after").GetProperty("version").GetString());
        Assert.Equal("0002 is the promoted version already.", promote.Output.Trim());
    }

    [Fact]
    public async Task Compare_sets_figures_and_images_side_by_side()
    {
        ToolRun people = await Tool.RunAsync("models", "compare", Folder, "0001", "0002");
        ToolRun programs = await Tool.RunAsync("models", "compare", Folder, "0001", "0002", "--json");

        Assert.Equal((ExitStatus.Done, ExitStatus.Done), (people.Status, programs.Status));
        Assert.Contains("+10.0 points", people.Table, StringComparison.Ordinal);
        Assert.Contains("4 images are the same in both.", people.Output, StringComparison.Ordinal);
        Assert.Contains("4 added: bolt/5.jpg (bolt), bolt/6.jpg (bolt), bolt/7.jpg (bolt) and 1 more.", people.Output, StringComparison.Ordinal);
        Assert.Contains("different images", people.Output, StringComparison.Ordinal);
        JsonElement result = Assert.Single(programs.Json);
        Assert.Equal(4, result.GetProperty("images").GetProperty("added").GetArrayLength());
        Assert.False(result.GetProperty("sameTest").GetBoolean());
    }

    [Fact]
    public async Task Promote_rollback_and_prune_change_the_registry_and_say_what_was_before()
    {
        ToolRun promote = await Tool.RunAsync("models", "promote", Folder, "0003", "--reason", "field test", "--json");
        ToolRun rollback = await Tool.RunAsync("models", "rollback", Folder);
        ToolRun prune = await Tool.RunAsync("models", "prune", Folder, "--keep", "1", "--json");

        Assert.Equal((ExitStatus.Done, ExitStatus.Done, ExitStatus.Done), (promote.Status, rollback.Status, prune.Status));
        Assert.Equal(("0003", "0002"), (promote.Json[0].GetProperty("version").GetString(), promote.Json[0].GetProperty("previous").GetString()));
        Assert.Equal("0002 is promoted; before it was 0003.", rollback.Output.Trim());
        Assert.Equal("[]", prune.Json[0].GetProperty("removed").GetRawText());
        Assert.Equal(["0001", "0002", "0003"], new ModelRegistry(Folder).Versions.Select(version => version.Version));
        Assert.Equal("field test", new ModelRegistry(Folder).Promotions[2].Reason);
    }

    [Theory]
    [InlineData(ExitStatus.Usage, "models")]
    [InlineData(ExitStatus.Usage, "models", "list")]
    [InlineData(ExitStatus.Usage, "models", "prune", "REGISTRY", "--keep", "0")]
    [InlineData(ExitStatus.Usage, "models", "compare", "REGISTRY", "0001")]
    [InlineData(ExitStatus.Failed, "models", "list", "/no/such/registry")]
    [InlineData(ExitStatus.Failed, "models", "rollback", "/no/such/registry")]
    [InlineData(ExitStatus.Failed, "models", "show", "REGISTRY", "0009")]
    [InlineData(ExitStatus.Failed, "models", "promote", "REGISTRY", "../0001")]
    public async Task What_cannot_be_done_is_one_sentence_and_its_status(int status, params string[] line)
    {
        ToolRun run = await Tool.RunAsync([.. line.Select(argument => argument == "REGISTRY" ? Folder : argument)]);

        Assert.Equal(status, run.Status);
        Assert.Empty(run.Json);
        Assert.DoesNotContain("This should not have happened", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists("/no/such/registry"));
    }
}
