using InceptionMl.Scoring.Explanations;
using InceptionMl.Tests.Images;
using SkiaSharp;

namespace InceptionMl.Tests.Scoring.Explanations;

public sealed class HeatOverlayTests
{
    private static readonly SKColor Green = new(0, 160, 0);

    [Fact]
    public void Heat_lies_over_what_was_seen_and_nowhere_else()
    {
        using SKBitmap overlay = Draw(400, 300, new ImageRegion(100, 0, 200, 300), 2, 1, [-1, 3]);

        Assert.Equal((400, 300), (overlay.Width, overlay.Height));
        Assert.Equal(Green, overlay.GetPixel(99, 150));
        Assert.Equal(Green, overlay.GetPixel(300, 150));
        Assert.NotEqual(Green, overlay.GetPixel(100, 0));
        Assert.NotEqual(Green, overlay.GetPixel(299, 299));
    }

    [Fact]
    public void More_evidence_is_always_brighter()
    {
        using SKBitmap overlay = Draw(400, 300, new ImageRegion(0, 0, 400, 300), 2, 1, [-1, 3]);
        double[] row = [.. Enumerable.Range(0, 400).Select(x => Luminance(overlay.GetPixel(x, 150)))];

        Assert.True(row[0] < row[200] && row[200] < row[399]);
        // Gray below pulls a little on the way up; never more than a rounding step of one channel a pixel.
        Assert.All(Enumerable.Range(1, 399), x => Assert.True(row[x] >= row[x - 1] - 1.5));
    }

    [Fact]
    public void Cells_are_met_at_their_centers_and_blend_between()
    {
        using SKBitmap overlay = Draw(400, 400, new ImageRegion(0, 0, 400, 400), 2, 2, [0, 0, 0, 1]);

        Assert.Equal(overlay.GetPixel(20, 20), overlay.GetPixel(20, 380));
        Assert.True(Luminance(overlay.GetPixel(380, 380)) > Luminance(overlay.GetPixel(200, 380)));
        Assert.Equal(overlay.GetPixel(200, 380), overlay.GetPixel(380, 200));
    }

    [Theory]
    [InlineData(4000, 1000, 1024, 256)]
    [InlineData(16, 32, 128, 256)]
    [InlineData(600, 300, 600, 300)]
    [Trait("Category", "Slow")]
    public void Overlays_are_neither_huge_nor_tiny(int width, int height, int drawnWidth, int drawnHeight)
    {
        using SKBitmap overlay = Draw(width, height, new ImageRegion(0, 0, width, height), 1, 1, [1]);

        Assert.Equal((drawnWidth, drawnHeight), (overlay.Width, overlay.Height));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_shorter_longest_side_can_be_asked_for_within_bounds()
    {
        ImageExplanation explanation = Explanation(2000, 1000, new ImageRegion(0, 0, 2000, 1000), 1, 1, [1]);
        byte[] image = Solid(2000, 1000);

        using SKBitmap overlay = SKBitmap.Decode(HeatOverlay.Png(image, explanation, maxSide: 640));

        Assert.Equal((640, 320), (overlay.Width, overlay.Height));
        Assert.Throws<ArgumentOutOfRangeException>(() => HeatOverlay.Png(image, explanation, maxSide: HeatOverlay.MinSide - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HeatOverlay.Png(image, explanation, maxSide: HeatOverlay.MaxSide + 1));
    }

    [Fact]
    public void Another_image_than_the_explained_one_is_refused() => Assert.Throws<ArgumentException>(() =>
        HeatOverlay.Png(Solid(30, 20), Explanation(20, 30, new ImageRegion(0, 0, 20, 20), 1, 1, [1])));

    [Fact]
    public void The_colors_of_heat_rise_evenly_in_lightness()
    {
        byte[] ramp = HeatColors.Ramp();
        double[] luminance = [.. ramp.Chunk(3).Select(c => Luminance(new SKColor(c[0], c[1], c[2])))];

        Assert.All(Enumerable.Range(1, HeatColors.Count - 1), i => Assert.True(luminance[i] >= luminance[i - 1] - 0.5));
        Assert.InRange(luminance[0], 0, 40);
        Assert.InRange(luminance[^1], 200, 255);
    }

    private static double Luminance(SKColor color) => (0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue);

    private static byte[] Solid(int width, int height) => EncodedImages.Encode(width, height, (_, _) => Green, SKEncodedImageFormat.Png);

    private static SKBitmap Draw(int width, int height, ImageRegion region, int columns, int rows, float[] grid) =>
        SKBitmap.Decode(HeatOverlay.Png(Solid(width, height), Explanation(width, height, region, columns, rows, grid)));

    private static ImageExplanation Explanation(int width, int height, ImageRegion region, int columns, int rows, float[] grid) => new()
    {
        Label = "a",
        Probability = 1,
        Method = ExplanationMethod.ClassActivationMap,
        Width = columns,
        Height = rows,
        Grid = grid,
        Bias = 0,
        Logit = 1,
        PictureWidth = width,
        PictureHeight = height,
        Region = region,
    };
}
