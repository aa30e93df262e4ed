using System.Text;
using System.Text.Json;
using InceptionMl.Cli.Tests.Scaffolding;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Packaging;

/// <summary>
/// Packages of a version that nobody else has, in a folder where commands restore from them. All other packages come from where this
/// repository's own restore put them, which is only read: nothing is downloaded, and nothing stays behind.
/// </summary>
internal sealed class PackedFeed : IDisposable
{
    // No process that outlives the build, holding the streams it inherited.
    private static readonly string[] Alone = ["-nodeReuse:false", "-p:UseSharedCompilation=false", "-nologo", "-verbosity:quiet"];

    private readonly TemporaryFolder folder = new();

    /// <summary>The packages' version.</summary>
    public string Version { get; } = $"0.1.0-test{Guid.NewGuid():N}";

    /// <summary>The packages.</summary>
    public string Packages => folder.At("feed");

    /// <summary>A path under the folder that restores as said.</summary>
    public string At(params string[] parts) => folder.At(parts);

    /// <summary>Writes a file under that folder.</summary>
    public string Write(string relativePath, string text) => folder.Write(relativePath, Encoding.UTF8.GetBytes(text));

    /// <summary>Packs what was built with these tests: of the projects, those that are packages.</summary>
    public async Task PackAsync(IEnumerable<string> projects)
    {
        Write("pack.proj", """
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="$(Packed)" Targets="Pack"
                         Properties="NoBuild=true;Configuration=$(Configuration);Version=$(Version);PackageOutputPath=$(Feed);NuspecOutputPath=$(Nuspecs)" />
              </Target>
            </Project>
            """);
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await DotnetAsync(
        [
            "msbuild", "pack.proj", "-target:Pack", $"-p:Configuration={configuration}", $"-p:Version={Version}",
            $"-p:Packed=\"{string.Join(';', projects)}\"", $"-p:Feed={Packages}/", $"-p:Nuspecs={folder.At("nuspecs")}/", .. Alone,
        ]);
        WriteNuGetConfig();
    }

    /// <summary>Builds a project under that folder with warnings as errors.</summary>
    public Task BuildAsync(string project) => DotnetAsync(["build", project, "-p:TreatWarningsAsErrors=true", .. Alone]);

    /// <summary>Runs the <c>dotnet</c> command in that folder, and fails the test where it fails.</summary>
    public async Task DotnetAsync(string[] arguments)
    {
        ToolRun run = await DotnetCommand.RunAsync(folder.Path, arguments);

        Assert.True(run.Status == 0, run.Output + run.Error);
    }

    public void Dispose() => folder.Dispose();

    private void WriteNuGetConfig()
    {
        using JsonDocument restored = JsonDocument.Parse(File.ReadAllBytes(Workspace.At("src", "InceptionMl.Training", "obj", "project.assets.json")));
        IEnumerable<string> folders = restored.RootElement.GetProperty("packageFolders").EnumerateObject().Select(
            (folder, i) => $"""<add key="restored{i}" value="{System.Security.SecurityElement.Escape(folder.Name)}" />""");
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="packed" value="feed" /></packageSources>
              <fallbackPackageFolders><clear />{string.Concat(folders)}</fallbackPackageFolders>
            </configuration>
            """);
    }
}
