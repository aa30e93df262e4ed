using InceptionMl.Cli.Tests.Packaging;
using InceptionMl.TestSupport;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Cli.Tests.Scaffolding;

/// <summary>The libraries that generated projects reference, as packages.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    private static readonly string[] Packed = ["InceptionMl", "InceptionMl.Backbones", "InceptionMl.Batch", "InceptionMl.Networks", "InceptionMl.Training"];

    private readonly PackedFeed feed = new();

    /// <summary>A path under the folder that restores from the packages.</summary>
    internal string At(params string[] parts) => feed.At(parts);

    /// <summary>Writes the projects of a model into a folder.</summary>
    internal void Scaffold(string model, string name, string folder) =>
        new ModelScaffold(new ScaffoldOptions { Name = name, PackageVersion = feed.Version }).Write(model, folder);

    /// <summary>Builds a project with warnings as errors.</summary>
    internal Task BuildAsync(string project) => feed.BuildAsync(project);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await feed.PackAsync(Packed.Select(name => Workspace.At("src", name, name + ".csproj")));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        feed.Dispose();
        return ValueTask.CompletedTask;
    }
}
