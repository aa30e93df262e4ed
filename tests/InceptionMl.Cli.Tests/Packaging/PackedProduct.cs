using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Packaging;

/// <summary>What <c>dotnet pack</c> makes of every project of the repository.</summary>
public sealed class PackedProduct : IAsyncLifetime
{
    private static readonly string[] Rooms = ["src", "tests", "datasets"];

    internal PackedFeed Feed { get; } = new();

    /// <summary>A package, or its symbols with the extension <c>.snupkg</c>.</summary>
    internal string File(string package, string extension = ".nupkg") => Path.Combine(Feed.Packages, $"{package}.{Feed.Version}{extension}");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() =>
        await Feed.PackAsync(Rooms.SelectMany(room => Directory.EnumerateFiles(Workspace.At(room), "*.csproj", SearchOption.AllDirectories)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Feed.Dispose();
        return ValueTask.CompletedTask;
    }
}
