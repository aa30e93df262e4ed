using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Networks;

public sealed class ConvolutionVerbTests
{
    [Fact]
    public async Task The_textbook_numbers_come_out_with_their_digits_grouped()
    {
        ToolRun run = await Tool.RunAsync("network", "conv", "--input", "28x28x192", "--filters", "32", "--kernel", "5", "--bottleneck", "16");

        Assert.Equal(0, run.Status);
        Expectation.Holds(run.Output, "Networks", "Tables", "convolution.txt");
    }

    [Fact]
    public async Task Without_a_bottleneck_there_is_one_number()
    {
        ToolRun run = await Tool.RunAsync("network", "conv", "--input", "28x28x192", "--filters", "32", "--kernel", "5");

        Assert.Contains("120,422,400", run.Output);
        Assert.DoesNotContain("bottleneck", run.Output);
    }

    [Fact]
    public async Task A_bottleneck_too_wide_to_pay_is_called_so() =>
        Assert.Contains("too wide", (await Tool.RunAsync("network", "conv", "--input", "8x8x16", "--filters", "4", "--kernel", "1x1", "--bottleneck", "64")).Output);

    [Fact]
    public async Task Json_has_the_parts_and_the_whole()
    {
        ToolRun run = await Tool.RunAsync("network", "conv", "--input", "28x28x192", "--filters", "32", "--kernel", "5", "--bottleneck", "16", "--json");

        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(120_422_400, json.GetProperty("direct").GetInt64());
        Assert.Equal(2_408_448, json.GetProperty("reduction").GetInt64());
        Assert.Equal(10_035_200, json.GetProperty("expansion").GetInt64());
        Assert.Equal(12_443_648, json.GetProperty("multiplyAdds").GetInt64());
    }
}
