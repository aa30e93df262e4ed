using InceptionMl.Images;
using InceptionMl.Images.Internal;
using SkiaSharp;

namespace InceptionMl.Tests.Images;

public sealed class ImagePreparerTests
{
    private static readonly SKColor[] Quadrants = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.White];

    [Theory]
    [InlineData(1, "RGBW")]
    [InlineData(2, "GRWB")]
    [InlineData(3, "WBGR")]
    [InlineData(4, "BWRG")]
    [InlineData(5, "RBGW")]
    [InlineData(6, "BRWG")]
    [InlineData(7, "WGBR")]
    [InlineData(8, "GWRB")]
    public void Every_exif_orientation_comes_out_upright(byte orientation, string corners)
    {
        byte[] jpeg = EncodedImages.Encode(
            96, 64, (x, y) => Quadrants[(x < 48 ? 0 : 1) + (y < 32 ? 0 : 2)], SKEncodedImageFormat.Jpeg);
        byte[] rgb = Prepare(EncodedImages.WithOrientation(jpeg, orientation), new ImagePreprocessing(30, 20) { Mode = ResizeMode.Stretch });
        foreach ((char corner, int at) in corners.Zip([(2 * 30) + 2, (2 * 30) + 27, (17 * 30) + 2, (17 * 30) + 27]))
        {
            SKColor expected = Quadrants["RGBW".IndexOf(corner, StringComparison.Ordinal)];
            AssertNear([expected.Red, expected.Green, expected.Blue], rgb.AsSpan(at * 3, 3), 6);
        }
    }

    [Theory]
    [InlineData("bmp")]
    [InlineData("png")]
    public void An_image_of_the_prepared_size_passes_unchanged(string format)
    {
        byte[] rgb = Prepare(EncodedImages.OfFormat(format, 37, 53), new ImagePreprocessing(37, 53));
        Assert.Equal(Pixels(37, 53, EncodedImages.Gradient), rgb);
    }

    [Fact]
    public void Halving_takes_the_mean_of_four_pixels()
    {
        byte[] rgb = Prepare(EncodedImages.Bmp(4, 2, (x, y) => new SKColor((byte)(x * 10), (byte)(y * 100), 7)), new ImagePreprocessing(2, 1));
        Assert.Equal(new byte[] { 5, 50, 7, 25, 50, 7 }, rgb);
    }

    [Fact]
    public void Enlarging_is_bilinear()
    {
        byte[] rgb = Prepare(EncodedImages.Bmp(2, 1, (x, _) => new SKColor((byte)(x * 200), 0, 0)), new ImagePreprocessing(4, 2));
        Assert.Equal(new byte[] { 0, 50, 150, 200 }, rgb.Where((_, i) => i < 12 && i % 3 == 0));
    }

    [Fact]
    public void Crop_takes_the_center_and_pad_adds_black()
    {
        byte[] wide = EncodedImages.Bmp(30, 10, (x, _) => x < 10 ? SKColors.Red : x < 20 ? SKColors.Lime : SKColors.Blue);
        Assert.Equal(Pixels(10, 10, (_, _) => SKColors.Lime), Prepare(wide, new ImagePreprocessing(10, 10)));
        byte[] padded = Prepare(wide, new ImagePreprocessing(30, 30) { Mode = ResizeMode.Pad });
        Assert.Equal(Pixels(30, 30, (x, y) => y is < 10 or >= 20 ? SKColors.Black : x < 10 ? SKColors.Red : x < 20 ? SKColors.Lime : SKColors.Blue), padded);
    }

    [Theory]
    [InlineData(1, 6000)]
    [InlineData(6000, 1)]
    public void Absurd_shapes_work_in_every_mode(int width, int height)
    {
        byte[] image = EncodedImages.Bmp(width, height, (_, _) => SKColors.White);
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
        {
            byte[] rgb = Prepare(image, new ImagePreprocessing(16, 16) { Mode = mode });
            Assert.Equal(mode == ResizeMode.Pad ? 16 : 256, rgb.Count(value => value == 255) / 3);
        }
    }

    [Fact]
    public void Transparency_lies_on_white()
    {
        byte[] png = EncodedImages.Encode(8, 8, (x, _) => new SKColor(200, 0, 0, (byte)(x < 4 ? 0 : 128)), SKEncodedImageFormat.Png);
        byte[] rgb = Prepare(png, new ImagePreprocessing(8, 8));
        Assert.Equal(new byte[] { 255, 255, 255 }, rgb[..3]);
        AssertNear([227, 127, 127], rgb.AsSpan(21, 3), 1);
    }

    [Fact]
    public void Gray_and_sixteen_bit_png_are_read()
    {
        byte[] gray = EncodedImages.Png(2, 1, 8, 0, [[10, 250]]);
        Assert.Equal(new byte[] { 10, 10, 10, 250, 250, 250 }, Prepare(gray, new ImagePreprocessing(2, 1)));
        byte[] deep = EncodedImages.Png(1, 1, 16, 2, [[0x80, 0x80, 0x10, 0x10, 0xFF, 0xFF]]);
        AssertNear([0x80, 0x10, 0xFF], Prepare(deep, new ImagePreprocessing(1, 1)), 1);
    }

    [Fact]
    public void Cmyk_jpeg_becomes_rgb()
    {
        // Adobe stores ink inverted: no cyan left over is full cyan.
        byte[] rgb = Prepare(EncodedImages.CmykJpeg(2, 0, 255, 255, 255), new ImagePreprocessing(16, 16));
        Assert.True(rgb[0] < 40 && rgb[1] > 150 && rgb[2] > 200, $"cyan came out as {rgb[0]}, {rgb[1]}, {rgb[2]}");
    }

    [Fact]
    public void Color_profiles_are_converted_to_srgb()
    {
        using SKColorSpace p3 = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3);
        using SKBitmap bitmap = new(new SKImageInfo(4, 4, SKColorType.Rgba8888, SKAlphaType.Opaque, p3));
        byte[] raw = [.. Enumerable.Repeat(new byte[] { 200, 120, 90, 255 }, 16).SelectMany(pixel => pixel)];
        System.Runtime.InteropServices.Marshal.Copy(raw, 0, bitmap.GetPixels(), raw.Length);
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        double[] p = [.. new[] { 200, 120, 90 }.Select(v => Math.Pow(((v / 255.0) + 0.055) / 1.055, 2.4))];
        byte[] expected =
        [
            Gamma((1.2249 * p[0]) - (0.2247 * p[1])), Gamma((-0.0420 * p[0]) + (1.0419 * p[1])),
            Gamma((-0.0197 * p[0]) - (0.0786 * p[1]) + (1.0979 * p[2])),
        ];
        AssertNear(expected, Prepare(png.ToArray(), new ImagePreprocessing(4, 4)).AsSpan(0, 3), 2);

        static byte Gamma(double linear) => (byte)Math.Round(255 * ((1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055));
    }

    [Fact]
    public void An_animation_shows_its_first_frame()
    {
        byte[] rgb = Prepare(EncodedImages.Gif(20, 12, (x, _) => (byte)(x < 10 ? 0 : 1), frames: 3), new ImagePreprocessing(20, 12));
        Assert.Equal(Pixels(20, 12, (x, _) => x < 10 ? SKColors.Red : SKColors.Lime), rgb);
    }

    [Fact]
    public void WebP_is_read()
    {
        byte[] rgb = Prepare(EncodedImages.Encode(32, 32, EncodedImages.Gradient, SKEncodedImageFormat.Webp, 95), new ImagePreprocessing(32, 32));
        Assert.True(MeanDifference(Pixels(32, 32, EncodedImages.Gradient), rgb) < 4);
    }

    [Fact]
    public void A_jpeg_decoded_to_a_part_of_its_size_is_close_to_the_whole()
    {
        byte[] jpeg = EncodedImages.Encode(603, 401, (x, y) => new SKColor((byte)(x * 255 / 603), (byte)(y * 255 / 401), (byte)((x / 40 % 2) * 180)), SKEncodedImageFormat.Jpeg, 95);
        using SKBitmap whole = SKBitmap.Decode(jpeg);
        using SKData png = whole.Encode(SKEncodedImageFormat.Png, 100);
        ImagePreprocessing target = new(64, 64);
        Assert.True(MeanDifference(Prepare(png.ToArray(), target), Prepare(jpeg, target)) < 1.5);
    }

    [Fact]
    public void Many_threads_give_the_same_bits()
    {
        ImagePreparer preparer = new(new ImagePreprocessing(50, 50));
        foreach (string format in new[] { "jpeg", "png", "webp", "bmp", "gif" })
        {
            byte[] image = EncodedImages.OfFormat(format, 211, 157);
            byte[] expected = Prepare(image, preparer.Preprocessing);
            Parallel.For(0, 64, _ =>
            {
                byte[] rgb = new byte[preparer.PreparedBytes];
                preparer.Prepare(image, rgb);
                Assert.Equal(expected, rgb);
            });
        }
    }

    [Fact]
    public void Planes_hold_the_raw_values_channel_by_channel()
    {
        foreach (int pixels in new[] { 1, 15, 16, 17, 67 })
        {
            byte[] rgb = [.. Enumerable.Range(0, pixels * 3).Select(i => (byte)(i * 7))];
            float[] planar = new float[rgb.Length];
            ImagePreparer.ToPlanar(rgb, planar);
            Assert.Equal(Enumerable.Range(0, rgb.Length).Select(i => (float)rgb[(i % pixels * 3) + (i / pixels)]), planar);
        }
    }

    [Fact]
    public void The_canonical_text_tells_preparations_apart()
    {
        ImagePreprocessing[] all = [new(8, 9), new(9, 8), new(8, 9) { Mode = ResizeMode.Pad }, new(8, 9) { Mode = ResizeMode.Stretch }];
        Assert.Equal(all.Length, all.Select(one => one.ToCanonicalString()).Distinct().Count());
        Assert.Contains("'lanczos'", Assert.Throws<ArgumentException>(() => new ImagePreprocessing(8, 8) { Filter = "lanczos" }).Message, StringComparison.Ordinal);
    }

    private static byte[] Prepare(byte[] encoded, ImagePreprocessing target)
    {
        ImagePreparer preparer = new(target);
        byte[] rgb = new byte[preparer.PreparedBytes];
        preparer.Prepare(encoded, rgb);
        return rgb;
    }

    private static byte[] Pixels(int width, int height, EncodedImages.Painter color) =>
        [.. Enumerable.Range(0, width * height).Select(i => color(i % width, i / width)).SelectMany(c => new[] { c.Red, c.Green, c.Blue })];

    private static double MeanDifference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

    private static void AssertNear(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, int tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
        }
    }
}
