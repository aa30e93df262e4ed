using System.Buffers.Binary;
using System.Text;
using InceptionMl.Images;
using InceptionMl.Images.Containers.Internal;
using InceptionMl.Images.Internal;

namespace InceptionMl.Tests.Images;

public sealed class ImageRefusalTests
{
    public static TheoryData<string> Formats => ["jpeg", "png", "webp", "bmp", "gif"];

    [Theory]
    [InlineData("II*\0\b\0\0\0", "TIFF", ImageRefusal.UnsupportedFormat)]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "HEIC", ImageRefusal.UnsupportedFormat)]
    [InlineData("<?xml version='1.0'?><!-- made by hand --><svg width='1'/>", "SVG", ImageRefusal.UnsupportedFormat)]
    [InlineData("\0\0\u0001\0\u0001\0\u0010\u0010\0\0\u0001\0", "icon", ImageRefusal.UnsupportedFormat)]
    [InlineData("\0\0\0\fJXL \r\n\u0087\n", "JPEG XL", ImageRefusal.UnsupportedFormat)]
    [InlineData("8BPS\0\u0001", "Photoshop", ImageRefusal.UnsupportedFormat)]
    [InlineData("%PDF-1.7\n", "PDF", ImageRefusal.NotAnImage)]
    [InlineData("BMW is a maker of cars, not a bitmap", "text", ImageRefusal.NotAnImage)]
    [InlineData("\u0001\u0002\u0003", "not an image", ImageRefusal.NotAnImage)]
    [InlineData("", "empty", ImageRefusal.Empty)]
    public void What_is_not_decoded_is_refused_by_name(string latin1, string named, ImageRefusal reason)
    {
        ImageRefusedException refusal = Refused(Encoding.Latin1.GetBytes(latin1));
        Assert.Equal(reason, refusal.Reason);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(": ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40_000, ImageRefusal.TooLarge)]
    [InlineData(9_000, ImageRefusal.Truncated)]
    public void A_lying_png_header_is_refused_before_room_is_made(int side, ImageRefusal reason)
    {
        byte[] png = EncodedImages.Png(side, side, 8, 2, [new byte[1000]]);
        Assert.Equal(reason, Refused(png).Reason);
    }

    [Fact]
    public void A_lying_bmp_header_is_refused_before_room_is_made()
    {
        byte[] bmp = EncodedImages.Bmp(20, 20, EncodedImages.Gradient);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), 9_000);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), -9_000);

        ImageRefusedException refusal = Refused(bmp);

        Assert.Equal(ImageRefusal.Truncated, refusal.Reason);
        Assert.Contains("cannot hold the 9,000 x 9,000 pixels", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bitmap_of_runs_may_be_as_short_as_it_likes() => Assert.True(TryPrepare(EncodedImages.PlainRunLengthBmp(1000, 1000), out _));

    [Fact]
    public void A_canvas_that_no_frame_of_the_file_could_fill_is_refused_before_room_is_made()
    {
        byte[] gif =
        [
            .. "GIF89a"u8, 0x10, 0x27, 0x10, 0x27, 0x80, 0, 0, 255, 0, 0, 0, 0, 0,
            0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0, 0x3B,
        ];
        Assert.Equal(35, gif.Length);

        ImageRefusedException refusal = Refused(gif);

        Assert.Equal(ImageRefusal.Truncated, refusal.Reason);
        Assert.Contains("cannot hold the 10,000 x 10,000 pixels", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gif_of_one_color_is_prepared_though_its_codes_are_as_few_as_there_can_be()
    {
        byte[] gif = EncodedImages.PlainGif(4000, 4000);
        Assert.True(gif.Length < 4000 * 4000 / 1500);
        Assert.True(TryPrepare(gif, out byte[] rgb));
        Assert.All(rgb, value => Assert.Equal(255, value));
    }

    [Fact]
    public void Limits_are_held_against_the_header_and_the_file()
    {
        byte[] image = EncodedImages.OfFormat("png", 20, 20);
        Assert.Equal(ImageRefusal.TooLarge, Refused(image, new ImageLimits { MaxPixels = 399 }).Reason);
        Assert.Equal(ImageRefusal.TooLarge, Refused(image, new ImageLimits { MaxFileBytes = image.Length - 1 }).Reason);
        Assert.True(TryPrepare(image, out _, new ImageLimits { MaxPixels = 400, MaxFileBytes = image.Length }));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_cut_off_file_is_refused_unless_only_its_trailer_is_missing(string format)
    {
        byte[] image = EncodedImages.OfFormat(format, 120, 90);
        Assert.True(TryPrepare(image, out byte[] whole));
        for (int step = 0; step < 200; step++)
        {
            int length = step < 20 ? image.Length - 1 - step : (image.Length - 20) * (step - 20) / 180;
            if (TryPrepare(image[..length], out byte[] cut))
            {
                Assert.True(length >= image.Length - 20, $"{format} cut to {length} of {image.Length} bytes was taken for whole");
                Assert.Equal(whole, cut);
            }
        }

        Assert.Equal(ImageRefusal.Truncated, Refused(image[..(image.Length * 3 / 4)]).Reason);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Mutated_files_are_prepared_or_refused_with_a_sentence(string format)
    {
        Random random = new(format.Length * 1000 + format[0]);
        byte[] image = EncodedImages.OfFormat(format, 64, 48);
        for (int i = 0; i < 400; i++)
        {
            TryPrepare(Mutate(image, random), out _);
        }
    }

    [Fact]
    public void Content_decides_and_extensions_only_propose()
    {
        Assert.Equal(ImageFormat.Png, ImageSignature.Identify(EncodedImages.OfFormat("png", 2, 2)));
        Assert.False(ImageSignature.IsImage("%PDF-1.7"u8));
        Assert.All(new[] { "a.JPG", "b/c.tiff", "x.heic", "y.svg", "z.jfif" }, path => Assert.True(ImageSignature.HasImageExtension(path)));
        Assert.All(new[] { "a.txt", "jpg", "b.pdf", "c.", "d.averyveryverylongextension" }, path => Assert.False(ImageSignature.HasImageExtension(path)));
    }

    private static byte[] Mutate(byte[] image, Random random)
    {
        byte[] mutant = [.. image];
        switch (random.Next(5))
        {
            case 0:
                return mutant[..random.Next(mutant.Length)];
            case 1:
                int from = random.Next(mutant.Length);
                return [.. mutant[..from], .. mutant[random.Next(mutant.Length)..]];
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(mutant.AsSpan(random.Next(Math.Min(60, mutant.Length - 2))), (ushort)random.Next(65536));
                return mutant;
            default:
                for (int n = random.Next(1, 12); n > 0; n--)
                {
                    mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
                }

                return mutant;
        }
    }

    private static ImageRefusedException Refused(byte[] image, ImageLimits? limits = null)
    {
        ImagePreparer preparer = new(new ImagePreprocessing(16, 16), limits);
        return Assert.Throws<ImageRefusedException>(() => preparer.Prepare(image, new byte[preparer.PreparedBytes]));
    }

    /// <summary>False where the image is refused; anything but a refusal with a sentence fails the test.</summary>
    private static bool TryPrepare(byte[] image, out byte[] rgb, ImageLimits? limits = null)
    {
        ImagePreparer preparer = new(new ImagePreprocessing(16, 16), limits);
        rgb = new byte[preparer.PreparedBytes];
        try
        {
            preparer.Prepare(image, rgb);
            return true;
        }
        catch (ImageRefusedException refusal)
        {
            Assert.Contains(": ", refusal.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
