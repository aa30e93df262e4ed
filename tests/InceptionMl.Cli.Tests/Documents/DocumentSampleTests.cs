using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Documents;

/// <summary>What our documents show compiles as it stands, its <c>using</c> lines included, and leads where it says.</summary>
public sealed class DocumentSampleTests
{
    // Everything else is C#, JSON or shell, and is compiled, parsed or run.
    private static readonly Dictionary<string, string> NotCode = new()
    {
        ["mermaid"] = "a diagram",
        ["yaml"] = "a workflow of another program",
        ["text"] = "what a program prints, a list of files, or rows of a table",
    };

    public static TheoryData<string> Documents => [.. MarkdownSamples.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    [Trait("Category", "Slow")]
    public void Every_sample_of_a_document_compiles(string document) =>
        Assert.All(MarkdownSamples.Programs(document), sources => Assert.Empty(CompiledSource.Errors(sources)));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_JSON_sample_of_a_document_is_JSON(string document) => Assert.All(
        MarkdownSamples.Blocks(document).Where(block => block.Language == "json"), block => JsonDocument.Parse(block.Text).Dispose());

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_fence_names_its_language_and_hides_no_command(string document)
    {
        foreach (CodeBlock block in MarkdownSamples.Blocks(document).Where(block => block.Language is not (null or "csharp" or "cs" or "json")))
        {
            Assert.Contains(block.Language!, NotCode.Keys);
            Assert.All(block.Text.Split('\n'), line => Assert.False(
                block.Language is "text" or "mermaid" && ShellCommand.IsKnownProgram(line.TrimStart().Split(' ')[0]), $"{document}:{block.Line}: {line}"));
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document) => Assert.Empty(MarkdownSamples.BrokenLinks(document));

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_paragraph_has_at_most_five_lines_and_a_table_cell_at_most_120_characters(string document) =>
        Assert.Empty(MarkdownSamples.HardToRead(document));

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/InceptionMl/PACKAGE.md")]
    [InlineData("src/InceptionMl.Training/PACKAGE.md")]
    [InlineData("src/InceptionMl.Backbones/PACKAGE.md")]
    [InlineData("src/InceptionMl.Batch/PACKAGE.md")]
    [InlineData("src/InceptionMl.AspNetCore/README.md")]
    public void What_people_read_first_shows_a_program(string document) => Assert.NotEmpty(MarkdownSamples.Programs(document));
}
