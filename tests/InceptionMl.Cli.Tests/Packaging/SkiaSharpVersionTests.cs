using System.Globalization;
using InceptionMl.Cli.Tests.Scaffolding;

namespace InceptionMl.Cli.Tests.Packaging;

/// <summary>The scoring package in applications that take SkiaSharp as it asks for it, or later.</summary>
[Trait("Category", "Slow")]
public sealed class SkiaSharpVersionTests(PackedScoring scoring) : IClassFixture<PackedScoring>
{
    private const double Tolerance = 1e-6;
    private const string Natives = "SkiaSharp.NativeAssets.Linux.NoDependencies";

    [Fact]
    public async Task Scores_and_refusals_are_the_same_on_every_version()
    {
        string[] oldest = await RunAsync("2.88.9");
        Assert.True(oldest.Length > 700);
        Assert.Contains(oldest, line => line.Contains("\tThe image is ", StringComparison.Ordinal));
        foreach (string version in (string[])["3.119.4", "4.155.0"])
        {
            string[] later = await RunAsync(version);
            Assert.Equal([], oldest.Zip(later).Where(pair => !IsSame(pair.First, pair.Second)).Select(pair => $"{version}: {pair.First} | {pair.Second}"));
        }
    }

    [Fact]
    public async Task An_application_that_raises_skiasharp_alone_is_told_which_package_to_add()
    {
        string project = scoring.WriteProject("alone", "4.155.0", natives: null);

        ToolRun run = await DotnetCommand.RunAsync(scoring.Feed.At(), "build", project, "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false");

        Assert.NotEqual(0, run.Status);
        Assert.Contains($"add the package {Natives} of version 4.155.0 to the application.", run.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await scoring.Feed.DotnetAsync(["build", project, "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:InceptionMlCheckSkiaSharp=false"]);
        ToolRun mixed = await DotnetCommand.RunAsync(scoring.Feed.At(), scoring.Program("alone"), scoring.Model, scoring.Files);
        Assert.Contains($"add the package {Natives} of version 4.155.0 to the application.", mixed.Error, StringComparison.Ordinal);
    }

    private static bool IsSame(string left, string right)
    {
        (string[] a, string[] b) = (left.Split('\t'), right.Split('\t'));
        return a.Length == b.Length && a.Zip(b).All(pair => pair.First == pair.Second
            || (double.TryParse(pair.First, NumberStyles.Float, CultureInfo.InvariantCulture, out double first)
                && double.TryParse(pair.Second, NumberStyles.Float, CultureInfo.InvariantCulture, out double second)
                && Math.Abs(first - second) <= Tolerance));
    }

    private async Task<string[]> RunAsync(string version)
    {
        await scoring.Feed.BuildAsync(scoring.WriteProject(version, version, version));
        ToolRun run = await DotnetCommand.RunAsync(scoring.Feed.At(), scoring.Program(version), scoring.Model, scoring.Files);
        Assert.True(run.Status == 0, run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
