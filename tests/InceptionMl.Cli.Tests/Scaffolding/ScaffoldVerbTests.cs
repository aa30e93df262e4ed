using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Scaffolding;

public sealed class ScaffoldVerbTests(TrainedDemo demo)
{
    private static readonly string[] Files =
    [
        "Directory.Build.props", "Fasteners.consumption.cs", "Fasteners.evaluate.cs", "Fasteners.training.cs", "Fasteners.zip", "README.md",
        "console/Program.cs", "console/console.csproj", "webapi/Program.cs", "webapi/webapi.csproj",
    ];

    [Fact]
    public async Task It_lists_what_it_wrote()
    {
        using TemporaryFolder folder = new();
        string json = folder.At("json");
        string people = folder.At("people");

        ToolRun programs = await Tool.RunAsync("scaffold", demo.Model, "--out", json + "/", "--name", "Fasteners", "--json");
        ToolRun lines = await Tool.RunAsync("scaffold", demo.Model, "--out", people, "--name", "Fasteners");

        Assert.Equal((ExitStatus.Done, ExitStatus.Done), (programs.Status, lines.Status));
        JsonElement line = Assert.Single(programs.Json);
        Assert.Equal((demo.Model, "Fasteners"), (line.GetProperty("model").GetString(), line.GetProperty("name").GetString()));
        Assert.Equal(Files.Select(file => $"{json}/{file}"), line.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal(["model", "name", "files"], line.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Files.Select(file => $"{people}/{file}"), lines.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(Files, file => Assert.True(File.Exists(Path.Combine(people, file))));
        Assert.Contains("dotnet run --project", lines.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class", "try Class.")]
    [InlineData("my-model", "try MyModel.")]
    [InlineData("3d", "try Model3d.")]
    public async Task A_name_that_is_no_identifier_is_a_wrong_command_line_with_a_suggestion(string name, string suggestion)
    {
        using TemporaryFolder folder = new();

        ToolRun run = await Tool.RunAsync("scaffold", demo.Model, "--out", folder.At("out"), "--name", name);

        Assert.Equal((ExitStatus.Usage, string.Empty), (run.Status, run.Output));
        Assert.EndsWith(suggestion, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("out")));
    }

    [Fact]
    public async Task A_folder_with_something_in_it_takes_force()
    {
        using TemporaryFolder folder = new();
        string mine = folder.Write("mine.txt", "mine"u8.ToArray());

        ToolRun refused = await Tool.RunAsync("scaffold", demo.Model, "--out", folder.Path, "--name", "Fasteners");
        ToolRun forced = await Tool.RunAsync("scaffold", demo.Model, "--out", folder.Path, "--name", "Fasteners", "--force");

        Assert.Equal(ExitStatus.Failed, refused.Status);
        Assert.Contains($"{folder.Path} is not empty", Assert.Single(refused.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Done, forced.Status);
        Assert.True(File.Exists(mine));
    }

    [Fact]
    public async Task A_model_that_cannot_be_read_is_named_and_nothing_is_written()
    {
        using TemporaryFolder folder = new();
        string text = folder.Write("text.zip", "no zip"u8.ToArray());

        foreach (string model in (string[])[text, folder.At("missing.zip"), folder.Path])
        {
            ToolRun run = await Tool.RunAsync("scaffold", model, "--out", folder.At("out"), "--name", "Fasteners");

            Assert.Equal((ExitStatus.Failed, string.Empty), (run.Status, run.Output));
            Assert.Contains(model, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
        }

        Assert.Equal([text], Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
