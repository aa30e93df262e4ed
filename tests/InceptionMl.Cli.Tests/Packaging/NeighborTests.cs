using InceptionMl.Cli.Tests.Scaffolding;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Packaging;

/// <summary>Applications that have our packages beside CSV, Parquet and OpenAPI packages of today: tests/Neighbors and tests/SwaggerNeighbor.</summary>
[Trait("Category", "Slow")]
public sealed class NeighborTests(TrainedDemo demo)
{
    [Fact]
    public async Task A_manifest_is_read_whatever_version_of_a_CSV_package_the_application_brings()
    {
        using TemporaryFolder folder = new();
        string manifest = folder.Write("images.csv", System.Text.Encoding.UTF8.GetBytes(
            "path,label\n" + string.Concat(TrainedDemo.TestImages.Select(image => $"\"{image}\",{Path.GetFileName(Path.GetDirectoryName(image))}\n"))));
        string binaries = Path.GetRelativePath(Workspace.At("tests", "InceptionMl.Cli.Tests"), AppContext.BaseDirectory);

        ToolRun run = await DotnetCommand.RunAsync(folder.Path, Path.Combine(Workspace.At("tests", "Neighbors"), binaries, "Neighbors.dll"), manifest);

        Assert.Equal((0, "bolt nut rivet screw split-pin washer"), (run.Status, run.Output.Trim()));
    }

    [Fact]
    public async Task An_application_that_has_its_document_made_by_Swashbuckle_with_OpenAPI_3_restores_builds_and_scores()
    {
        using TemporaryFolder folder = new();
        string binaries = Path.GetRelativePath(Workspace.At("tests", "InceptionMl.Cli.Tests"), AppContext.BaseDirectory);

        ToolRun run = await DotnetCommand.RunAsync(
            folder.Path, Path.Combine(Workspace.At("tests", "SwaggerNeighbor"), binaries, "SwaggerNeighbor.dll"), demo.Model, TrainedDemo.TestImages[0]);

        Assert.Equal((0, string.Empty), (run.Status, run.Error));
        Assert.Contains("\"/score\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"accepted\"", run.Output, StringComparison.Ordinal);
    }
}
