using System.Text;
using System.Text.Json;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Tests.Models;

public sealed class BackboneCardTests
{
    private const string Card = """
        { "name": "n", "input": { "tensor": "image", "width": 299, "height": 299, "channels": "BGR", "offset": [1, 2, 3], "scale": [1, 1, 0.5],
          "resize": { "mode": "pad", "cropFraction": 0.875, "filter": "area" } },
          "outputs": { "features": { "tensor": "f", "width": 7 }, "featureMap": { "tensor": "m", "channels": 7 } }, "unknown": 1 }
        """;

    private static BackboneCard Parse(string json) => BackboneCard.Parse(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void A_card_says_how_images_are_prepared()
    {
        ImagePreprocessing preprocessing = Parse(Card).Preprocessing();

        Assert.Equal((342, 342, ResizeMode.Pad), (preprocessing.Width, preprocessing.Height, preprocessing.Mode));
        Assert.Equal(ResizeMode.Crop, Parse(Card).Preprocessing(ResizeMode.Crop).Mode);
    }

    [Fact]
    public void The_card_of_a_model_is_told_from_that_of_a_backbone() => Assert.Contains(
        "is the card of a model",
        Assert.Throws<ModelFormatException>(() => Parse("""{ "kind": "inceptionml/image-classifier", "network": { "entry": "x" } }""")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("license")]
    [InlineData("licence")] // cspell:ignore licence
    public void A_license_is_read_in_either_spelling_and_written_in_one(string key)
    {
        BackboneCard card = Parse(Card.Replace("\"name\": \"n\"", $"\"name\": \"n\", \"{key}\": \"MIT\"", StringComparison.Ordinal));

        Assert.Equal("MIT", card.License);
        Assert.Contains("\"license\": \"MIT\"", JsonSerializer.Serialize(card, CardJson.Default.BackboneCard), StringComparison.Ordinal);
        Assert.DoesNotContain("licence", JsonSerializer.Serialize(card, CardJson.Default.BackboneCard), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"width\": 299", "\"width\": 0", "input.width")]
    [InlineData("\"width\": 299", "\"width\": 100000", "input.width")]
    [InlineData("[1, 2, 3]", "[1, 2]", "input.offset")]
    [InlineData("[1, 1, 0.5]", "[1, 1, 0]", "input.scale")]
    [InlineData("BGR", "GBR", "input.channels")]
    [InlineData("0.875", "1.5", "cropFraction")]
    [InlineData("area", "lanczos", "filter")]
    [InlineData("\"width\": 7", "\"width\": 0", "outputs.features.width")]
    [InlineData("\"tensor\": \"f\"", "\"tensor\": \"\"", "tensor")]
    [InlineData("\"pad\"", "\"fold\"", "line 2")]
    [InlineData("\"name\": \"n\",", "", "no backbone card")]
    [InlineData("{ \"name\"", "[ \"name\"", "no backbone card")]
    public void What_is_out_of_range_is_named(string from, string to, string named)
    {
        ModelFormatException refused = Assert.Throws<ModelFormatException>(() => Parse(Card.Replace(from, to, StringComparison.Ordinal)));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
