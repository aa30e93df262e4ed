using InceptionMl.Images;
using InceptionMl.Images.Internal;
using SkiaSharp;

namespace InceptionMl.Tests.Images;

public sealed class ImageVariantTests
{
    private static readonly ImageVariant Mirror = new() { Mirrored = true };

    private static byte[][] Prepare(byte[] encoded, ImagePreprocessing target, params ImageVariant[] variants)
    {
        ImagePreparer preparer = new(target);
        byte[] rgb = new byte[preparer.PreparedBytes];
        byte[][] prepared = new byte[variants.Length][];
        preparer.Prepare(encoded, variants, rgb, variant => prepared[variant] = [.. rgb]);
        return prepared;
    }

    private static ImageVariant Crop(double width, double height, double x, double y) => new() { Crop = new CropWindow(width, height, x, y) };

    [Theory]
    [InlineData(ResizeMode.Crop, 97, 64)]
    [InlineData(ResizeMode.Crop, 31, 200)]
    [InlineData(ResizeMode.Pad, 97, 64)]
    [InlineData(ResizeMode.Pad, 20, 33)]
    [InlineData(ResizeMode.Stretch, 97, 64)]
    public void A_mirrored_variant_is_the_mirrored_picture_prepared(ResizeMode mode, int width, int height)
    {
        byte[] picture = EncodedImages.Bmp(width, height, EncodedImages.Gradient);
        byte[] mirrored = EncodedImages.Bmp(width, height, (x, y) => EncodedImages.Gradient(width - 1 - x, y));
        ImagePreprocessing target = new(30, 41) { Mode = mode };

        byte[] variant = Prepare(picture, target, Mirror)[0];
        byte[] expected = Prepare(mirrored, target, ImageVariant.Plain)[0];

        Assert.All(variant.Zip(expected), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.NotEqual(Prepare(picture, target, ImageVariant.Plain)[0], variant);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Left_and_right_are_those_of_the_upright_picture(byte orientation)
    {
        byte[] jpeg = EncodedImages.WithOrientation(EncodedImages.OfFormat("jpeg", 64, 64), orientation);
        byte[][] prepared = Prepare(jpeg, new ImagePreprocessing(16, 16), ImageVariant.Plain, Mirror, Crop(0.5, 1, 0, 0));
        byte[] flipped = [.. Enumerable.Range(0, 256).SelectMany(i => prepared[0].AsSpan((((i / 16) * 16) + 15 - (i % 16)) * 3, 3).ToArray())];

        Assert.All(prepared[1].Zip(flipped), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        for (int row = 0; row < 16; row++)
        {
            // The left half, twice as wide, lies under the left half of the plain variant.
            int at = ((row * 16) + 8) * 3;
            Assert.InRange(prepared[2][at] - prepared[0][((row * 16) + 4) * 3], -8, 8);
        }
    }

    [Fact]
    public void A_crop_shows_its_part_of_the_mirrored_picture_and_nothing_else()
    {
        byte[] picture = EncodedImages.Bmp(40, 40, (x, y) => x < 20 ? y < 20 ? SKColors.Red : SKColors.Lime : y < 20 ? SKColors.Blue : SKColors.White);
        ImageVariant topLeft = Crop(0.5, 0.5, 0, 0);
        byte[][] prepared = Prepare(
            picture, new ImagePreprocessing(10, 10), topLeft, Crop(0.5, 0.5, 1, 0), Crop(0.5, 0.5, 0, 1), topLeft with { Mirrored = true });

        Assert.Equal<byte[]>([[255, 0, 0], [0, 0, 255], [0, 255, 0], [0, 0, 255]], [.. prepared.Select(rgb => rgb[..3])]);
        Assert.All(prepared, rgb => Assert.Single(rgb.Chunk(3).Select(pixel => (pixel[0], pixel[1], pixel[2])).Distinct()));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(8, 3000)]
    [InlineData(3000, 8)]
    public void Every_crop_lies_inside_the_picture_however_small_or_long_it_is(int width, int height)
    {
        double[] shares = [1e-6, 0.3, 0.89, 1];
        double[] places = [0, 0.37, 1];
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
        {
            ImagePreprocessing target = new(16, 16) { Mode = mode };
            (ResizeAxis x, ResizeAxis y) = ResizeAxis.Create(width, height, target);
            foreach ((ResizeAxis axis, double share, double place) in
                from axis in (ResizeAxis[])[x, y] from share in shares from place in places select (axis, share, place))
            {
                ResizeAxis part = axis.Part(share, place);
                Assert.InRange(part.SourceStart, 0, axis.SourceLength - 1);
                Assert.InRange(part.SourceLength, 1, axis.SourceLength - part.SourceStart);
            }

            byte[] white = EncodedImages.Bmp(width, height, (_, _) => SKColors.White);
            ImageVariant[] variants = [.. from share in shares from place in places from mirrored in (bool[])[false, true]
                                    select Crop(share, 1 / share > 1 ? 1 : share, place, 1 - place) with { Mirrored = mirrored }];
            byte[] plain = Prepare(white, target, ImageVariant.Plain)[0];
            Assert.All(Prepare(white, target, variants), rgb => Assert.Equal(plain.Count(v => v == 255), rgb.Count(v => v == 255)));
        }
    }

    [Fact]
    public void Tone_changes_the_picture_and_not_what_is_padded_around_it()
    {
        byte[] picture = EncodedImages.Bmp(20, 10, (x, _) => x < 10 ? new SKColor(100, 200, 0) : SKColors.White);
        ImageVariant toned = new() { Tone = new Tone(0.5, 1.2) };
        byte[] rgb = Prepare(picture, new ImagePreprocessing(20, 20) { Mode = ResizeMode.Pad }, toned)[0];

        // (127.5 + (v - 127.5) / 2) * 1.2, clipped to 255 and rounded.
        Assert.Equal<byte>([137, 197, 77], rgb.AsSpan(10 * 20 * 3, 3));
        Assert.Equal<byte>([230, 230, 230], rgb.AsSpan(((10 * 20) + 19) * 3, 3));
        Assert.Equal<byte>([0, 0, 0], rgb.AsSpan(0, 3));
        Assert.Equal<byte>([0, 0, 0], rgb[^3..]);
    }

    [Fact]
    public void What_a_variant_gives_does_not_depend_on_the_variants_beside_it_nor_on_the_shares_they_are_decoded_to()
    {
        byte[] jpeg = EncodedImages.OfFormat("jpeg", 640, 480);
        ImagePreprocessing target = new(100, 75);
        ImageVariant[] variants = [ImageVariant.Plain, Crop(0.2, 0.2, 0.5, 0.5), Mirror, Crop(0.9, 0.95, 1, 0)];
        byte[][] together = Prepare(jpeg, target, variants);
        byte[] alone = new byte[together[0].Length];
        new ImagePreparer(target).Prepare(jpeg, alone);

        Assert.Equal(alone, together[0]);
        Assert.All(variants.Index(), variant => Assert.Equal(Prepare(jpeg, target, variant.Item)[0], together[variant.Index]));
        Assert.All(together[1..], rgb => Assert.NotEqual(alone, rgb));
    }

    [Fact]
    public void Less_detail_keeps_colors_and_evens_out_what_is_fine()
    {
        ImagePreprocessing target = new(32, 32);
        byte[] flat = EncodedImages.Bmp(32, 32, (_, _) => new SKColor(200, 100, 50));
        byte[] fine = EncodedImages.Bmp(32, 32, (x, y) => (x + y) % 2 == 0 ? SKColors.Black : SKColors.White);
        ImageVariant soft = new() { Softening = new Softening(0.25) };

        Assert.Equal(Prepare(flat, target, ImageVariant.Plain)[0], Prepare(flat, target, soft)[0]);
        Assert.All(Prepare(fine, target, soft)[0], value => Assert.InRange(value, 127, 129));
        Assert.Equal(Prepare(fine, target, ImageVariant.Plain)[0], Prepare(fine, target, new ImageVariant { Softening = new Softening(1) })[0]);
    }
}
