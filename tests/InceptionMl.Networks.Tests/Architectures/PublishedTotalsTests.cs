using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Tests.Architectures;

public sealed class PublishedTotalsTests
{
    [Fact]
    public void Inception_v3_counts_what_keras_counts()
    {
        ParameterCounts counts = InceptionV3.Create().Summarize().Parameters;

        Assert.Equal((23_851_784, 23_817_352, 34_432), (counts.Total, counts.Trainable, counts.NonTrainable));
    }

    [Fact]
    public void Inception_v3_costs_5_71_billion_multiply_adds_at_299() =>
        Assert.Equal(5.71, InceptionV3.Create().Summarize().MultiplyAdds / 1e9, 2);

    [Fact]
    public void Inception_resnet_v2_counts_what_keras_counts()
    {
        ParameterCounts counts = InceptionResNetV2.Create().Summarize().Parameters;

        Assert.Equal((55_873_736, 55_813_192, 60_544), (counts.Total, counts.Trainable, counts.NonTrainable));
    }

    [Fact]
    public void Inception_v3_of_torchvision_has_its_gammas_too() =>
        Assert.Equal(23_834_568, InceptionV3.Create(WeightOrigin.Torchvision).Summarize().Parameters.Trainable);

    [Fact]
    public void Inception_v4_counts_what_timm_counts() =>
        Assert.Equal(42_679_816, InceptionV4.Create().Summarize().Parameters.Trainable);

    [Fact]
    public void Inception_resnet_v2_with_gamma_counts_what_timm_counts() =>
        Assert.Equal(55_843_464, InceptionResNetV2.Create(gamma: true).Summarize().Parameters.Trainable);

    [Fact]
    public void Googlenet_of_torchvision_counts_what_torchvision_counts() =>
        Assert.Equal(6_624_904, GoogLeNet.Torchvision().Summarize().Parameters.Trainable);

    [Fact]
    public void Googlenet_of_bvlc_counts_what_its_caffe_model_holds()
    {
        ParameterCounts counts = GoogLeNet.Bvlc().Summarize().Parameters;

        Assert.Equal((6_998_552, 6_998_552, 0), (counts.Total, counts.Trainable, counts.NonTrainable));
    }

    [Theory]
    [InlineData(64, 68)]
    [InlineData(128, 270)]
    public void The_compact_network_costs_what_its_card_says(int side, int millions) =>
        Assert.InRange(InceptionCompact.Create().At(side).MultiplyAdds / 1e6, millions * 0.98, millions * 1.02);

    [Fact]
    public void The_compact_network_has_1_4_million_parameters() =>
        Assert.Equal(1.4, InceptionCompact.Create().Summarize().Parameters.Total / 1e6, 1);

    [Theory]
    [InlineData("googlenet", 1024)]
    [InlineData("googlenet-torchvision", 1024)]
    [InlineData("inception-v3", 2048)]
    [InlineData("inception-v3-torchvision", 2048)]
    [InlineData("inception-v4", 1536)]
    [InlineData("inception-resnet-v2", 1536)]
    [InlineData("inception-compact", 576)]
    public void Every_network_sums_its_parts_and_pools_to_its_published_width(string name, int width)
    {
        NetworkSummary summary = NetworkCatalog.Find(name)!.Summarize();

        Assert.Equal(name, summary.Network.Name);
        Assert.Equal(TensorShape.Vector(width), summary[summary.Network.Features.Name].Output);
        Assert.Equal(summary.Parameters.Total, summary.Layers.Sum(layer => layer.Parameters.Total));
        Assert.Equal(summary.Parameters.Total, summary.Blocks.Sum(block => block.Parameters.Total));
        Assert.Equal(summary.MultiplyAdds, summary.Blocks.Sum(block => block.MultiplyAdds));
        Assert.Equal(summary.Layers.Length, summary.Blocks.Sum(block => block.Layers.Length));
    }

    [Fact]
    public void A_name_is_found_however_it_is_spelled_and_nothing_else_is()
    {
        Assert.All(NetworkCatalog.Names, name => Assert.Equal(name, NetworkCatalog.Find(name)!.Name));
        Assert.Equal("inception-v3", NetworkCatalog.Find("InceptionV3")!.Name);
        Assert.Equal("inception-resnet-v2", NetworkCatalog.Find("inception_resnet_v2")!.Name);
        Assert.Equal("googlenet-torchvision", NetworkCatalog.Find("googlenet-bn")!.Name);
        Assert.Null(NetworkCatalog.Find("inception-v9"));
        Assert.Null(NetworkCatalog.Find(""));
    }
}
