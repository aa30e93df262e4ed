using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Documents;

/// <summary>What our documents show as C# compiles as it stands, its <c>using</c> lines included.</summary>
public sealed class DocumentSampleTests
{
    public static TheoryData<string> Documents => [.. MarkdownSamples.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_sample_of_a_document_compiles(string document) =>
        Assert.All(MarkdownSamples.Programs(document), sources => Assert.Empty(CompiledSource.Errors(sources)));

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_sample_is_fenced_so_that_it_is_compiled(string document) => Assert.Empty(MarkdownSamples.Indented(document));

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/InceptionMl/PACKAGE.md")]
    [InlineData("src/InceptionMl.Training/PACKAGE.md")]
    [InlineData("src/InceptionMl.AspNetCore/README.md")]
    public void What_people_read_first_shows_a_program(string document) => Assert.NotEmpty(MarkdownSamples.Programs(document));
}
