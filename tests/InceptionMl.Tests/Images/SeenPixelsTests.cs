using System.Text.Json;
using InceptionMl.Images;
using InceptionMl.Images.Containers;
using InceptionMl.Images.Internal;

namespace InceptionMl.Tests.Images;

/// <summary>Files of every format and feature, held against what Pillow and OpenCV read from them: Goldens/make_goldens.py.</summary>
public sealed class SeenPixelsTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<Dictionary<string, SeenPicture>> Pictures = new(() => File.ReadLines(
            Path.Combine(AppContext.BaseDirectory, "Images", "Goldens", "decoded.jsonl"))
        .Select(line => JsonSerializer.Deserialize<SeenPicture>(line, Json)!)
        .ToDictionary(picture => picture.Name));

    public static TheoryData<string> Kinds => ["jpeg", "png rgb", "png gray", "png indexed", "png eXIf", "png", "webp", "gif", "bmp"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pictures_come_out_as_a_person_sees_them(string kind)
    {
        SeenPicture[] pictures = [.. Pictures.Value.Values.Where(picture => picture.Name.StartsWith(kind, StringComparison.Ordinal))];
        Assert.True(pictures.Length >= 5);
        Assert.Equal([], pictures.Select(Difference).OfType<string>());
    }

    [Theory]
    [InlineData("jpeg baseline RGB without an end")]
    [InlineData("jpeg baseline L without an end")]
    [InlineData("jpeg optimized RGB without an end")]
    [InlineData("jpeg restart RGB without an end")]
    [InlineData("jpeg 4:2:0 RGB without an end")]
    [InlineData("jpeg progressive RGB without an end")]
    [InlineData("jpeg progressive L without an end")]
    [InlineData("jpeg progressive 4:2:0 RGB without an end")]
    public void A_jpeg_without_an_end_marker_is_refused_where_any_of_its_picture_is_missing(string name)
    {
        byte[] file = Pictures.Value[name].File;
        byte[] whole = Prepare(file);
        int accepted = 0;
        for (int length = file.Length - 1; length > 2; length--)
        {
            try
            {
                byte[] cut = Prepare(file[..length]);
                Assert.Equal(whole, cut);
                accepted++;
            }
            catch (ImageRefusedException refusal)
            {
                Assert.True(refusal.Reason is ImageRefusal.Truncated or ImageRefusal.Damaged, $"{length} bytes: {refusal.Reason}");
            }
        }

        // The last byte may hold nothing but what fills it up.
        Assert.InRange(accepted, 0, 1);
    }

    [Theory]
    [InlineData("jpeg progressive iCCP exif 8")]
    [InlineData("jpeg restart RGB without an end")]
    [InlineData("jpeg progressive 4:2:0 RGB without an end")]
    [InlineData("png eXIf 6 after the picture")]
    [InlineData("png exif profile in zTXt 6")]
    [InlineData("png indexed 8 tRNS gAMA")]
    [InlineData("webp exif 6 prefixed")]
    [InlineData("bmp 32 bits alpha mask header 56")]
    [InlineData("bmp 32 bits alpha masks behind header 40")]
    public void Hostile_metadata_never_gives_more_than_a_refusal(string name)
    {
        Random random = new(name.Length);
        byte[] file = Pictures.Value[name].File;
        for (int round = 0; round < 1500; round++)
        {
            byte[] mutant = [.. file];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                // Lengths, offsets and counts are more often extreme than not.
                mutant[random.Next(mutant.Length)] = (byte)(random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => random.Next(256) });
            }

            try
            {
                Prepare(mutant);
            }
            catch (ImageRefusedException refusal)
            {
                Assert.Contains(": ", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("png eXIf 6 before the picture")]
    [InlineData("webp exif 6 prefixed")]
    [InlineData("jpeg exif 6")]
    public void The_size_that_overlays_are_drawn_in_is_that_of_the_upright_picture(string name)
    {
        SeenPicture picture = Pictures.Value[name];
        Assert.True(picture.Height > picture.Width);
        Assert.Equal((picture.Width, picture.Height), ImageHeader.ReadSize(picture.File));
    }

    [Fact]
    public void An_exif_directory_that_claims_more_entries_than_there_are_is_read_to_its_end_and_no_further()
    {
        byte[] exif = [.. "Exif\0\0"u8, .. "II*\0\b\0\0\0"u8, 0xFF, 0xFF];
        Assert.Equal(0, ExifBlock.Orientation(exif));
        Assert.Equal(0, ExifBlock.Orientation([.. "MM\0*"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1]));
        Assert.Equal(0, ExifBlock.Orientation([.. "MM\0*"u8, 0, 0, 0, 8]));
    }

    private static byte[] Prepare(byte[] file)
    {
        ImagePreparer preparer = new(new ImagePreprocessing(16, 16), new ImageLimits { MaxPixels = 1_000_000 });
        byte[] rgb = new byte[preparer.PreparedBytes];
        preparer.Prepare(file, rgb);
        return rgb;
    }

    private static string? Difference(SeenPicture picture)
    {
        try
        {
            ImagePreparer preparer = new(new ImagePreprocessing(picture.Width, picture.Height));
            byte[] rgb = new byte[preparer.PreparedBytes];
            preparer.Prepare(picture.File, rgb);
            int worst = rgb.Zip(picture.Rgb, (value, seen) => Math.Abs(value - seen)).Max();
            return worst <= picture.Tolerance ? null : $"{picture.Name}: {worst} off";
        }
        catch (ImageRefusedException refusal)
        {
            return $"{picture.Name}: {refusal.Message}";
        }
    }

    private sealed record SeenPicture(string Name, byte[] File, int Width, int Height, byte[] Rgb, int Tolerance);
}
