using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Tests.Costs;

public sealed class BottleneckTests
{
    [Fact]
    public void The_textbook_convolution_costs_ten_times_less_through_a_bottleneck()
    {
        ConvolutionCost cost = new(TensorShape.Map(28, 28, 192), filters: 32, kernel: 5, bottleneck: 16);

        Assert.Equal(120_422_400, cost.Direct);
        Assert.Equal((2_408_448, 10_035_200, 12_443_648), (cost.Reduction, cost.Expansion, cost.Total));
        Assert.Equal(TensorShape.Map(28, 28, 32), cost.Output);
    }

    [Fact]
    public void Without_a_bottleneck_the_whole_is_the_direct_convolution() =>
        Assert.Equal(120_422_400, new ConvolutionCost(TensorShape.Map(28, 28, 192), 32, 5).Total);

    [Fact]
    public void A_count_that_passes_64_bits_is_refused() =>
        Assert.Throws<OverflowException>(() => new ConvolutionCost(TensorShape.Map(65535, 65535, 65535), int.MaxValue, 999));

    [Fact]
    public void The_textbook_branch_is_found_in_googlenet()
    {
        NetworkSummary summary = GoogLeNet.Bvlc().Summarize();
        Bottleneck[] block = [.. summary.Bottlenecks().Where(bottleneck => bottleneck.Block == "inception_3a")];

        Assert.Equal(["inception_3a/3x3_reduce/conv", "inception_3a/5x5_reduce/conv"], block.Select(bottleneck => bottleneck.Reduction.Name));
        Assert.Equal((12_443_648, 120_422_400), (block[1].MultiplyAdds, block[1].WithoutReduction));
    }

    [Fact]
    public void A_fork_behind_a_reduction_counts_both_its_arms()
    {
        NetworkSummary summary = InceptionV3.Create().Summarize();

        Bottleneck branch = summary.Bottlenecks().Single(bottleneck => bottleneck.Reduction.Name == "mixed_7b/3x3_reduce/conv");

        // 8 x 8 positions: 1x1 1280 -> 384, then 1x3 and 3x1, 384 filters each, on 384 or on all 1280 channels.
        Assert.Equal(64L * ((1280 * 384) + (2 * 384 * 3 * 384)), branch.MultiplyAdds);
        Assert.Equal(64L * 2 * 1280 * 3 * 384, branch.WithoutReduction);
        Assert.Equal(["mixed_7b/3x3/1x3/conv", "mixed_7b/3x3/3x1/conv"], branch.Convolutions.Select(layer => layer.Name));
    }

    [Fact]
    public void Projections_and_widening_convolutions_are_no_bottlenecks()
    {
        string[] found = [.. InceptionV3.Create().Summarize().Bottlenecks().Select(bottleneck => bottleneck.Reduction.Name)];

        Assert.DoesNotContain(found, name => name.Contains("pool_proj", StringComparison.Ordinal) || name.EndsWith("/1x1/conv", StringComparison.Ordinal));
        Assert.DoesNotContain("conv_3b/conv", found);
        Assert.Equal(21, found.Length);
    }
}
