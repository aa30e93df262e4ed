using System.Reflection;
using System.Xml.Linq;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.House;

/// <summary>The walls of the house: which room may know which.</summary>
public sealed class ArchitectureTests
{
    private static string[] References(string assembly) =>
        [.. Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")).GetReferencedAssemblies().Select(r => r.Name!)];

    private static bool IsFramework(string name) => name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib";

    [Theory]
    [InlineData("InceptionMl.Networks", "Google.Protobuf")]
    [InlineData("InceptionMl", "Microsoft.ML.OnnxRuntime", "SkiaSharp")]
    [InlineData(
        "InceptionMl.Training", "InceptionMl", "InceptionMl.Networks", "Microsoft.ML.*", "SkiaSharp", "Microsoft.Data.Sqlite", "Parquet", "CsvHelper", "OxyPlot",
        "Microsoft.Extensions.Http.Resilience", "Polly.Core")]
    [InlineData(
        "InceptionMl.AspNetCore", "InceptionMl", "Microsoft.AspNetCore.*", "Microsoft.Extensions.*", "Microsoft.Net.Http.Headers", "Microsoft.OpenApi",
        "Microsoft.ML.OnnxRuntime")]
    [InlineData(
        "InceptionMl.Cli", "Microsoft.AspNetCore.*", "Microsoft.Extensions.*", "Microsoft.OpenApi",
        "InceptionMl", "InceptionMl.Networks", "InceptionMl.Training", "InceptionMl.AspNetCore", "System.CommandLine", "Spectre.Console*", "CsvHelper")]
    public void A_room_knows_only_what_it_may(string room, params string[] allowed)
    {
        IEnumerable<string> strangers = References(room).Where(name =>
            !IsFramework(name) && !allowed.Any(a => a.EndsWith('*') ? name.StartsWith(a.TrimEnd('*', '.'), StringComparison.Ordinal) : a == name));

        Assert.Empty(strangers);
    }

    [Theory]
    [InlineData("InceptionMl.Networks")]
    [InlineData("InceptionMl")]
    [InlineData("InceptionMl.Training")]
    [InlineData("InceptionMl.AspNetCore")]
    public void Libraries_print_nothing(string room) => Assert.DoesNotContain("System.Console", References(room));

    [Fact]
    public void Examples_reference_what_their_readers_would()
    {
        string[] allowed =
        [
            "../../InceptionMl/InceptionMl.csproj", "../../InceptionMl.AspNetCore/InceptionMl.AspNetCore.csproj",
            "Microsoft.AspNetCore.OpenApi", "Microsoft.Data.Sqlite", "Microsoft.Extensions.Hosting",
        ];
        string[] projects = Directory.GetFiles(Workspace.At("src", "Examples"), "*.csproj", SearchOption.AllDirectories);
        IEnumerable<string> references = projects
            .SelectMany(project => XDocument.Load(project).Descendants())
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference")
            .Select(element => element.Attribute("Include")!.Value);

        Assert.Equal(3, projects.Length);
        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [InlineData("Microsoft.ML.Vision")]
    [InlineData("SciSharp.TensorFlow.Redist")]
    public void What_cannot_be_restored_is_not_here(string package) =>
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, package + ".dll")));
}
