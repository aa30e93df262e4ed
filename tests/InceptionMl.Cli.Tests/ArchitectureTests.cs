using System.Reflection;
using System.Xml.Linq;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests;

/// <summary>The dependency rules: which project may reference which, and which namespace which.</summary>
public sealed class ArchitectureTests
{
    private static string[] References(string assembly) =>
        [.. Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")).GetReferencedAssemblies().Select(r => r.Name!)];

    private static NamespaceGraph Namespaces(string assembly) => NamespaceGraph.Read(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

    private static bool IsFramework(string name) => name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib";

    [Theory]
    [InlineData("InceptionMl.Networks", "Google.Protobuf")]
    [InlineData("InceptionMl", "Microsoft.ML.OnnxRuntime", "SkiaSharp")]
    [InlineData("InceptionMl.Backbones", "InceptionMl", "InceptionMl.Networks", "Microsoft.ML.OnnxRuntime", "Microsoft.Extensions.Http.Resilience", "Polly.Core")]
    [InlineData("InceptionMl.Backbones.ResNet18", "InceptionMl.Backbones")]
    [InlineData("InceptionMl.Batch", "InceptionMl", "Parquet", "CsvHelper")]
    [InlineData(
        "InceptionMl.Training", "InceptionMl", "InceptionMl.Backbones", "InceptionMl.Batch", "InceptionMl.Networks", "Microsoft.ML.*", "SkiaSharp",
        "Microsoft.Data.Sqlite", "Parquet")]
    [InlineData(
        "InceptionMl.AspNetCore", "InceptionMl", "Microsoft.AspNetCore.*", "Microsoft.Extensions.*", "Microsoft.Net.Http.Headers", "Microsoft.OpenApi",
        "Microsoft.ML.OnnxRuntime")]
    [InlineData(
        "InceptionMl.Cli", "Microsoft.AspNetCore.*", "Microsoft.Extensions.*", "Microsoft.OpenApi",
        "InceptionMl", "InceptionMl.Backbones", "InceptionMl.Backbones.ResNet18", "InceptionMl.Batch", "InceptionMl.Networks", "InceptionMl.Training", "InceptionMl.AspNetCore",
        "System.CommandLine", "Spectre.Console*", "CsvHelper")]
    public void A_project_references_only_what_it_may(string project, params string[] allowed)
    {
        IEnumerable<string> others = References(project).Where(name =>
            !IsFramework(name) && !allowed.Any(a => a.EndsWith('*') ? name.StartsWith(a.TrimEnd('*', '.'), StringComparison.Ordinal) : a == name));

        Assert.Empty(others);
    }

    [Theory]
    [InlineData("InceptionMl.Networks")]
    [InlineData("InceptionMl")]
    [InlineData("InceptionMl.Backbones")]
    [InlineData("InceptionMl.Batch")]
    [InlineData("InceptionMl.Training")]
    [InlineData("InceptionMl.AspNetCore")]
    public void Libraries_print_nothing(string project) => Assert.DoesNotContain("System.Console", References(project));

    [Theory]
    [InlineData("InceptionMl.Networks")]
    [InlineData("InceptionMl")]
    [InlineData("InceptionMl.Backbones")]
    [InlineData("InceptionMl.Batch")]
    [InlineData("InceptionMl.Training")]
    [InlineData("InceptionMl.AspNetCore")]
    [InlineData("InceptionMl.Cli")]
    public void Namespaces_do_not_use_each_other_in_circles(string project) => Assert.Empty(Namespaces(project).Cycles());

    [Theory]
    [InlineData("InceptionMl.Training", 52)]
    [InlineData("InceptionMl", 46)]
    [InlineData("InceptionMl.Networks", 45)]
    public void A_user_meets_no_more_types_than_this(string project, int most)
    {
        IEnumerable<string> types = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, project + ".dll")).GetExportedTypes()
            .Where(type => !type.IsNested && !type.Namespace!.EndsWith(".Internal", StringComparison.Ordinal)).Select(type => type.FullName!);

        Assert.InRange(types.Count(), 1, most);
    }

    [Fact]
    public void No_two_namespaces_end_in_the_same_word()
    {
        string[] projects =
        [
            "InceptionMl.Networks", "InceptionMl", "InceptionMl.Backbones", "InceptionMl.Batch", "InceptionMl.Training", "InceptionMl.AspNetCore", "InceptionMl.Cli",
        ];
        IEnumerable<string> names = projects.SelectMany(project => Namespaces(project).Names).Where(name => name.StartsWith("InceptionMl", StringComparison.Ordinal));

        Assert.All(names.Distinct().GroupBy(name => name.Split('.')[^1]), same => Assert.Single(same));
    }

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
}
