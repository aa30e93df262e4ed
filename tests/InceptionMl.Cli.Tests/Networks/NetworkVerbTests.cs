using System.Text.Json;
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli.Tests.Networks;

public sealed class NetworkVerbTests
{
    public static TheoryData<string> Names() => [.. NetworkCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_network_costs_fits_a_terminal_of_80_columns(string name)
    {
        NetworkSummary summary = NetworkCatalog.Find(name)!.Summarize();

        string narrow = CostTable.Write(summary, 80);

        Assert.All(narrow.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.All(summary.Blocks, block => Assert.Contains(block.Name, "image" + narrow, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_table_reads_like_keras_summary()
    {
        ToolRun run = await Tool.RunAsync("network", "inception-v3");

        Assert.Equal(0, run.Status);
        Assert.Empty(run.Error);
        Assert.Matches(@"\nlayer +kind +output shape +parameters +multiply-adds +inputs\n", run.Output);
        Assert.Matches(@"\nmixed_5b/5x5/conv +Convolution 5x5 +35 x 35 x 64 +76,800 +94,080,000 +mixed_5b/5x5_reduce/relu\n", run.Output);
        Assert.Matches(@"\nTotal parameters: +23,851,784\nTrainable parameters: +23,817,352\nNon-trainable parameters: +34,432 ", run.Output);
        Assert.Contains("(5.71 G an image of 299 x 299)", run.Output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Json_is_one_line_whose_layers_sum_to_the_totals(string name)
    {
        ToolRun run = await Tool.RunAsync("network", name, "--format", "json");

        Assert.Equal(1, run.Output.Count(c => c == '\n'));
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        JsonElement parameters = json.GetProperty("parameters");
        JsonElement[] layers = [.. json.GetProperty("layers").EnumerateArray()];
        Assert.Equal(parameters.GetProperty("total").GetInt64(), layers.Sum(layer => layer.GetProperty("parameters").GetInt64()));
        Assert.Equal(
            parameters.GetProperty("total").GetInt64(),
            parameters.GetProperty("trainable").GetInt64() + parameters.GetProperty("nonTrainable").GetInt64());
        Assert.Equal(json.GetProperty("multiplyAdds").GetInt64(), layers.Sum(layer => layer.GetProperty("multiplyAdds").GetInt64()));
        HashSet<string?> before = [];
        foreach (JsonElement layer in layers)
        {
            Assert.All(layer.GetProperty("inputs").EnumerateArray(), input => Assert.Contains(input.GetString(), before));
            Assert.NotEmpty(layer.GetProperty("kind").GetString()!);
            before.Add(layer.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task Json_gives_shapes_as_height_width_channels_and_is_what_the_short_option_prints()
    {
        ToolRun run = await Tool.RunAsync("network", "inception-v3", "--json", "--input", "320x480");

        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        JsonElement first = json.GetProperty("layers")[1];
        Assert.Equal([320, 480, 3], json.GetProperty("input").EnumerateArray().Select(side => side.GetInt32()));
        Assert.Equal("conv_1a/conv", first.GetProperty("name").GetString());
        Assert.Equal([159, 239, 32], first.GetProperty("outputShape").EnumerateArray().Select(side => side.GetInt32()));
        Assert.Equal(23_851_784, json.GetProperty("parameters").GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Costs_are_grouped_by_block_with_each_branch_without_its_reduction()
    {
        ToolRun run = await Tool.RunAsync("network", "googlenet", "--cost");

        Assert.Matches(@"\ninception_3a +28 x 28 x 256 +163,696 +128,\d{3},\d{3} +8\.1 %\n", run.Output);
        Assert.Matches(@"\n  5x5_reduce > 5x5 +12,443,648 +0\.8 % +120,422,400 +9\.7 times\n", run.Output);
        Assert.Contains("Without 1x1 reductions:", run.Output);
    }

    [Fact]
    public async Task Costs_come_as_json_too()
    {
        ToolRun run = await Tool.RunAsync("network", "inception-v3", "--cost", "--json");

        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(json.GetProperty("multiplyAdds").GetInt64(), json.GetProperty("blocks").EnumerateArray().Sum(b => b.GetProperty("multiplyAdds").GetInt64()));
        Assert.All(
            json.GetProperty("bottlenecks").EnumerateArray(),
            b => Assert.True(b.GetProperty("withoutReduction").GetInt64() > b.GetProperty("multiplyAdds").GetInt64()));
    }

    [Theory]
    [InlineData("known are googlenet", "vgg")]
    [InlineData("known are googlenet")]
    [InlineData("HEIGHTxWIDTH", "inception-v3", "--input", "299")]
    [InlineData("HEIGHTxWIDTH", "inception-v3", "--input", "0x299")]
    [InlineData("HEIGHTxWIDTH", "inception-v3", "--input", "99999x99999")]
    [InlineData("the smallest square is 75x75", "inception-v3", "--input", "64x64")]
    [InlineData("xml", "inception-v3", "--format", "xml")]
    [InlineData("--cost", "inception-v3", "--cost", "--format", "svg")]
    [InlineData("--nonsense", "inception-v3", "--nonsense")]
    [InlineData("HEIGHTxWIDTHxCHANNELS", "conv", "--input", "28x28", "--filters", "32", "--kernel", "5")]
    [InlineData("--kernel", "conv", "--input", "28x28x192", "--filters", "32", "--kernel", "5x5x5")]
    [InlineData("--filters", "conv", "--input", "28x28x192", "--filters", "0", "--kernel", "5")]
    [InlineData("--bottleneck", "conv", "--input", "28x28x192", "--filters", "32", "--kernel", "5", "--bottleneck", "0")]
    [InlineData("2^63", "conv", "--input", "65535x65535x65535", "--filters", "2147483647", "--kernel", "999")]
    [InlineData("--filters", "conv", "--input", "28x28x192", "--kernel", "5")]
    public async Task A_wrong_command_line_is_said_so_and_ends_in_2(string said, params string[] args)
    {
        ToolRun run = await Tool.RunAsync(["network", .. args]);

        Assert.Equal(2, run.Status);
        Assert.Empty(run.Output);
        Assert.Contains(said, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }
}
