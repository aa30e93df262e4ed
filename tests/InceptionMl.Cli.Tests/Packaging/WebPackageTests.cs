using InceptionMl.Cli.Tests.Documents;

namespace InceptionMl.Cli.Tests.Packaging;

/// <summary>InceptionMl.AspNetCore as its README has it added to an application, and beside what applications have already.</summary>
[Trait("Category", "Slow")]
public sealed class WebPackageTests(PackedProduct product) : IClassFixture<PackedProduct>
{
    private const string Package = "InceptionMl.AspNetCore";

    [Fact]
    public async Task The_README_followed_to_the_letter_builds()
    {
        product.Feed.Write("web/Directory.Build.props", "<Project />");
        product.Feed.Write("web/Directory.Packages.props", "<Project />");
        await product.Feed.DotnetAsync(["new", "web", "--name", "Defects", "--output", product.Feed.At("web", "Defects"), "--no-restore"]);
        string project = product.Feed.At("web", "Defects");
        await product.Feed.DotnetAsync(["add", project, "package", Package, "--version", product.Feed.Version]);
        product.Feed.Write("web/Defects/Program.cs", MarkdownSamples.First("src/InceptionMl.AspNetCore/README.md"));

        await product.Feed.BuildAsync(project);
    }
}
