using System.Drawing;

namespace InceptionMl.Backbones.Tests;

public sealed class FeatureSelectionTests
{
    [Fact]
    public void The_last_block_alone_is_the_network_of_earlier_versions_so_its_cached_features_stay_good()
    {
        Backbone last = Backbone.Embedded(new BackboneOptions { Features = FeatureSelection.Last });

        Assert.Equal(576, last.Card.Outputs.Features.Width);
        Assert.Equal("1d30e17fac370469f64e7c278fe701a1b14f95bfa5aa148cdb9aa50d766b4d58", last.Digest);
    }

    [Fact]
    public void By_default_features_come_from_several_blocks()
    {
        Backbone backbone = Backbone.Embedded();

        Assert.Equal(4, backbone.Card.Outputs.Features.Sources!.Select(source => source.Tensor).Distinct().Count());
        Assert.Equal(backbone.Card.Outputs.Features.Width, backbone.Card.Outputs.Features.Sources!.Sum(source => source.Width));
        Assert.Equal(backbone.Digest, Backbone.Embedded(new BackboneOptions { Features = FeatureSelection.Depths }).Digest);
    }

    [Fact]
    public void Tensors_that_are_named_become_the_features()
    {
        string tensor = Backbone.Embedded().Card.Outputs.Features.Sources![0].Tensor;

        Backbone backbone = Backbone.Embedded(new BackboneOptions { Features = FeatureSelection.Parse(tensor) });

        Assert.Equal(tensor, Assert.Single(backbone.Card.Outputs.Features.Sources!.Select(source => source.Tensor).Distinct()));
        Assert.Contains("'nowhere'", Assert.Throws<BackboneException>(
            () => Backbone.Embedded(new BackboneOptions { Features = FeatureSelection.Parse("nowhere") })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(192, 96)]
    public void A_convolutional_network_takes_other_sizes(int width, int height)
    {
        Backbone backbone = Backbone.Embedded(new BackboneOptions { InputSize = new Size(width, height) });

        Assert.Equal((width, height), (backbone.Preprocessing.Width, backbone.Preprocessing.Height));
        Assert.Equal((width, height), (backbone.Card.Input.Width, backbone.Card.Input.Height));
        Assert.NotEqual(Backbone.Embedded().Digest, backbone.Digest);
    }

    [Fact]
    public void The_size_on_the_card_changes_nothing() =>
        Assert.Equal(Backbone.Embedded().Digest, Backbone.Embedded(new BackboneOptions { InputSize = new Size(128, 128) }).Digest);

    [Theory]
    [InlineData("last", "last")]
    [InlineData("depths", "depths")]
    [InlineData("a, b:0", "a,b:0")]
    public void A_selection_is_parsed_and_written(string text, string written) => Assert.Equal(written, FeatureSelection.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("a,,b")]
    [InlineData(",")]
    public void An_empty_name_is_refused(string text) => Assert.Throws<FormatException>(() => FeatureSelection.Parse(text));

    [Theory]
    [InlineData("192", 192, 192)]
    [InlineData("320x240", 320, 240)]
    public void Input_sizes_are_parsed(string text, int width, int height) => Assert.Equal(new Size(width, height), BackboneOptions.ParseInputSize(text));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1x2x3")]
    [InlineData("99999")]
    public void What_is_no_input_size_is_refused(string text) => Assert.Throws<FormatException>(() => BackboneOptions.ParseInputSize(text));
}
