using System.Reflection;

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

    [Theory]
    [InlineData("Microsoft.ML.Vision")]
    [InlineData("SciSharp.TensorFlow.Redist")]
    public void What_cannot_be_restored_is_not_here(string package) =>
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, package + ".dll")));
}
