using System.Globalization;
using System.Xml.Linq;
using InceptionMl.Networks.Architectures;

namespace InceptionMl.Cli.Tests.Networks;

public sealed class PictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names() => [.. NetworkCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_svg_keeps_every_box_and_every_word_on_its_page(string name)
    {
        XElement svg = XDocument.Parse((await Tool.RunAsync("network", name, "--format", "svg")).Output).Root!;

        Assert.Equal(Svg + "svg", svg.Name);
        double width = Number(svg, "width");
        double height = Number(svg, "height");
        Assert.All(svg.Elements(Svg + "rect").Skip(1), box =>
        {
            Assert.InRange(Number(box, "x"), 0, width - Number(box, "width"));
            Assert.InRange(Number(box, "y"), 0, height - Number(box, "height"));
        });
        Assert.All(svg.Elements(Svg + "text"), text =>
        {
            Assert.InRange(Number(text, "x"), 0, width);
            Assert.InRange(Number(text, "y"), 0, height);
        });
    }

    [Fact]
    public async Task Equal_blocks_in_a_row_are_drawn_once_and_counted()
    {
        XElement svg = XDocument.Parse((await Tool.RunAsync("network", "inception-resnet-v2", "--format", "svg")).Output).Root!;
        string[] words = [.. svg.Elements(Svg + "text").Select(text => text.Value)];

        Assert.Contains("block35_1 … block35_10  × 10", words);
        Assert.Contains("block17_1 … block17_20  × 20", words);
        Assert.Contains("block8_10", words);
        Assert.Contains("add, x 0.17", words);
        Assert.Contains("55,873,736 parameters, 13.2 G multiply-adds an image of 299 x 299", words);
    }

    [Fact]
    public async Task Mermaid_has_a_subgraph_a_block_and_an_edge_an_input()
    {
        string text = (await Tool.RunAsync("network", "inception-compact", "--format", "mermaid")).Output;

        Assert.StartsWith("flowchart TD\n", text);
        Assert.Equal(7, text.Split("subgraph inception_").Length - 1);
        Assert.Contains("[\"3x3, 48<br/>32 x 32 x 48\"]", text);

        // A node each for image, stem (2), pools (2), mean and 7 blocks of 9; a join has 4 inputs, every other node but the image 1.
        Assert.Equal(6 + (7 * 9), text.Split('\n').Count(line => line.Contains("[\"", StringComparison.Ordinal)));
        Assert.Equal(5 + (7 * (8 + 4)), text.Split(" --> ").Length - 1);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
