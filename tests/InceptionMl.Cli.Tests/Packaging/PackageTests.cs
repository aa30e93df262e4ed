using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;
using InceptionMl.Cli.Tests.Scaffolding;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Packaging;

/// <summary>What people install.</summary>
[Trait("Category", "Slow")]
public sealed class PackageTests(PackedProduct product, TrainedDemo demo) : IClassFixture<PackedProduct>
{
    private const string ToolId = "InceptionMl.Cli";

    private static readonly string[] Packages = ["InceptionMl", "InceptionMl.AspNetCore", "InceptionMl.Backbones", "InceptionMl.Backbones.ResNet18", "InceptionMl.Batch", ToolId, "InceptionMl.Networks", "InceptionMl.Training"];
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> EachPackage => [.. Packages];

    private static XElement Nuspec(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement root = XDocument.Load(nuspec).Root!;
        return root.Element(root.Name.Namespace + "metadata")!;
    }

    private static string Text(XElement metadata, string element) => metadata.Element(metadata.Name.Namespace + element)?.Value ?? string.Empty;

    private static string Label(string model)
    {
        using ImageScorer scorer = ImageScorer.Open(model);
        return scorer.Score(TrainedDemo.TestImages[0], TestContext.Current.CancellationToken).Label;
    }

    private IEnumerable<string> Packed(string extension) => Directory.EnumerateFiles(product.Feed.Packages, "*" + extension).Order(StringComparer.Ordinal);

    [Fact]
    public void The_repository_gives_eight_packages_with_their_symbols_and_no_other()
    {
        Assert.Equal(Packages.Select(package => product.File(package)).Order(StringComparer.Ordinal), Packed(".nupkg"));
        Assert.Equal(Packages.Select(package => product.File(package, ".snupkg")).Order(StringComparer.Ordinal), Packed(".snupkg"));
    }

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void A_package_says_what_it_is_under_which_license_and_shows_its_icon(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(product.File(package));
        XElement metadata = Nuspec(zip);

        Assert.Equal((package, "MIT"), (Text(metadata, "id"), Text(metadata, "license")));
        Assert.NotEmpty(Text(metadata, "description"));
        Assert.True(zip.GetEntry(Text(metadata, "icon"))?.Length > 0);
        Assert.True(zip.GetEntry(Text(metadata, "readme"))?.Length > 0);
        Assert.Null(metadata.Element(metadata.Name.Namespace + "contentFiles"));
    }

    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Symbols_hold_their_sources_and_no_path_of_the_machine_that_built_them(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(product.File(package, ".snupkg"));
        ZipArchiveEntry symbols = zip.Entries.Single(entry => entry.Name == package + ".pdb");
        using Stream stream = symbols.Open();
        using MemoryStream pdb = new();
        stream.CopyTo(pdb);
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage([.. pdb.ToArray()]);
        MetadataReader reader = provider.GetMetadataReader();

        Assert.NotEmpty(reader.Documents);
        foreach (DocumentHandle document in reader.Documents)
        {
            Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(document).Name), StringComparison.Ordinal);
            ImmutableArray<Guid> kinds = [.. reader.GetCustomDebugInformation(document).Select(i => reader.GetGuid(reader.GetCustomDebugInformation(i).Kind))];
            Assert.Contains(EmbeddedSource, kinds);
        }
    }

    [Fact]
    public void A_scoring_application_gets_no_more_than_scoring_needs()
    {
        using ZipArchive zip = ZipFile.OpenRead(product.File("InceptionMl"));
        XElement metadata = Nuspec(zip);

        Assert.Equal(
            [
                "Microsoft.ML.OnnxRuntime", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies", "SkiaSharp.NativeAssets.Win32",
                "SkiaSharp.NativeAssets.macOS", "System.IO.Hashing", "System.Numerics.Tensors",
            ],
            metadata.Descendants(metadata.Name.Namespace + "dependency").Select(dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal));
    }

    /// <summary>An application takes a security patch of what ours depends on without waiting for us, but for what breaks otherwise.</summary>
    [Theory]
    [MemberData(nameof(EachPackage))]
    public void Only_what_breaks_with_another_version_is_asked_for_exactly(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(product.File(package));
        XElement metadata = Nuspec(zip);

        IEnumerable<string> exact = metadata.Descendants(metadata.Name.Namespace + "dependency")
            .Where(dependency => dependency.Attribute("version")!.Value.StartsWith('['))
            .Select(dependency => dependency.Attribute("id")!.Value);

        // Only training uses ML.NET's MLImage, which breaks with a later SkiaSharp.
        Assert.All(exact, id => Assert.True(
            (package == "InceptionMl.Training" && id.StartsWith("SkiaSharp", StringComparison.Ordinal)) || id is "Microsoft.ML" or "Microsoft.ML.ImageAnalytics" or "Microsoft.ML.OnnxTransformer", id));
    }

    [Fact]
    public void The_tool_brings_the_licenses_of_the_libraries_in_it()
    {
        using ZipArchive zip = ZipFile.OpenRead(product.File(ToolId));
        string[] files = [.. zip.Entries.Select(entry => entry.FullName)];

        Assert.Contains(files, file => file.EndsWith("/any/LICENSE", StringComparison.Ordinal));
        foreach (string library in (string[])["Microsoft.ML.OnnxRuntime", "SkiaSharp", "Google.Protobuf", "Microsoft.Data.Sqlite.Core", "Parquet.Net"])
        {
            Assert.Contains(files, file => file.Contains($"/notices/{library}/", StringComparison.Ordinal) && file.EndsWith(".xml", StringComparison.Ordinal));
        }

        Assert.Contains(files, file => file.EndsWith("/notices/Microsoft.ML.OnnxRuntime/ThirdPartyNotices.txt", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.EndsWith(".dbg", StringComparison.Ordinal) || file.EndsWith(".dwarf", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_console_example_scores_with_the_scoring_package_alone()
    {
        product.Feed.Write("console/Directory.Build.props", "<Project />");
        product.Feed.Write("console/Program.cs", await File.ReadAllTextAsync(
            Workspace.At("src", "Examples", "ConsoleScoring", "Program.cs"), TestContext.Current.CancellationToken));
        product.Feed.Write("console/console.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="InceptionMl" Version="[{product.Feed.Version}]" />
              </ItemGroup>
            </Project>
            """);
        await product.Feed.BuildAsync("console");
        string output = product.Feed.At("console", "bin", "Debug", "net10.0");

        ToolRun run = await DotnetCommand.RunAsync(product.Feed.At(), Path.Combine(output, "console.dll"), demo.Model, TrainedDemo.TestImages[0]);

        Assert.Equal((0, string.Empty), (run.Status, run.Error));
        Assert.StartsWith($"{TrainedDemo.TestImages[0]}\t{Label(demo.Model)}\t", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(output, "Microsoft.ML.Core.dll")));
    }

    [Fact]
    public async Task The_tool_installs_from_its_package_and_trains_and_scores_the_demo()
    {
        string tools = product.Feed.At("tools");
        await product.Feed.DotnetAsync(
            ["tool", "install", ToolId, "--tool-path", tools, "--version", product.Feed.Version, "--configfile", product.Feed.At("nuget.config")]);
        string tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "inceptionml.exe" : "inceptionml");
        string work = Directory.CreateDirectory(product.Feed.At("work")).FullName;

        ToolRun trained = await DotnetCommand.RunProgramAsync(tool, work, "demo");
        string model = Path.Combine(work, "artifacts", "fasteners.zip");
        ToolRun scored = await DotnetCommand.RunProgramAsync(tool, work, "score", model, TrainedDemo.TestImages[0], "--json");

        Assert.True(trained.Status == 0, trained.Output + trained.Error);
        Assert.Equal(Label(model), Assert.Single(scored.Json).GetProperty("label").GetString());
    }
}
