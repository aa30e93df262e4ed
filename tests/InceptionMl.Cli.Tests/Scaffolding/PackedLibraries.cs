using System.Text.Json;
using InceptionMl.TestSupport;
using InceptionMl.Training.Scaffolding;

namespace InceptionMl.Cli.Tests.Scaffolding;

/// <summary>
/// The libraries as packages of a version that nobody else has, in a folder where projects restore them from. All other packages come
/// from where this repository's own restore put them, which is only read: nothing is downloaded, and nothing stays behind.
/// </summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    private static readonly string[] Packed = ["InceptionMl", "InceptionMl.Networks", "InceptionMl.Training"];

    // No process that outlives the build, holding the streams it inherited.
    private static readonly string[] Alone = ["-nodeReuse:false", "-p:UseSharedCompilation=false", "-nologo", "-verbosity:quiet"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>The packages' version.</summary>
    internal string Version { get; } = $"0.1.0-scaffold{Guid.NewGuid():N}";

    /// <summary>A path under the folder that restores as said.</summary>
    internal string At(params string[] parts) => _folder.At(parts);

    /// <summary>Writes the projects of a model into a folder.</summary>
    internal void Scaffold(string model, string name, string folder) =>
        new ModelScaffold(new ScaffoldOptions { Name = name, PackageVersion = Version }).Write(model, folder);

    /// <summary>Builds a project with warnings as errors.</summary>
    internal async Task BuildAsync(string project)
    {
        ToolRun build = await DotnetCommand.RunAsync(_folder.Path, ["build", project, "-p:TreatWarningsAsErrors=true", .. Alone]);

        Assert.True(build.Status == 0, build.Output + build.Error);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _folder.Write("pack.proj", """
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="$(Packed)" Targets="Pack" Properties="NoBuild=true;Configuration=$(Configuration);Version=$(Version);PackageOutputPath=$(Feed);NuspecOutputPath=$(Nuspecs)" />
              </Target>
            </Project>
            """u8.ToArray());
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        ToolRun pack = await DotnetCommand.RunAsync(
            _folder.Path,
            [
                "msbuild", "pack.proj", "-target:Pack", $"-p:Configuration={configuration}", $"-p:Version={Version}",
                $"-p:Packed=\"{string.Join(';', Packed.Select(name => Workspace.At("src", name, name + ".csproj")))}\"",
                $"-p:Feed={_folder.At("feed")}/", $"-p:Nuspecs={_folder.At("nuspecs")}/", .. Alone,
            ]);
        Assert.True(pack.Status == 0, pack.Output + pack.Error);
        WriteNuGetConfig();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void WriteNuGetConfig()
    {
        using JsonDocument restored = JsonDocument.Parse(File.ReadAllBytes(Workspace.At("src", "InceptionMl.Training", "obj", "project.assets.json")));
        IEnumerable<string> folders = restored.RootElement.GetProperty("packageFolders").EnumerateObject().Select(
            (folder, i) => $"""<add key="restored{i}" value="{System.Security.SecurityElement.Escape(folder.Name)}" />""");
        _folder.Write("nuget.config", System.Text.Encoding.UTF8.GetBytes($"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="packed" value="feed" /></packageSources>
              <fallbackPackageFolders><clear />{string.Concat(folders)}</fallbackPackageFolders>
            </configuration>
            """));
    }
}
