using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;
using InceptionMl.Scoring.Internal;
using SkiaSharp;

namespace InceptionMl.Tests.Images;

/// <summary>Images of kinds that are not decoded, and images that were changed on their way, are told for what they are.</summary>
public sealed class KnownKindTests
{
    [Theory]
    [InlineData("P6\n32 32\n255\n@@@", "Netpbm")]
    [InlineData("P5 # made by hand\n32 32 255 @", "Netpbm")]
    [InlineData("P1\n2 2\n0 1 1 0\n", "Netpbm")]
    [InlineData("P7\nWIDTH 2\nHEIGHT 2\nDEPTH 3\n", "Netpbm")]
    [InlineData("PF\n2 2\n-1.0\n", "float map")]
    [InlineData("SIMPLE  =                    T", "FITS")]
    [InlineData("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n", "Radiance")]
    [InlineData("v/1\u0001\u0002\0\0\0", "OpenEXR")]
    [InlineData("\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom", "Canon")]
    [InlineData("II*\0\u0010\0\0\0CR\u0002\0", "Canon")]
    [InlineData("II\u001a\0\0\0HEAPCCDR", "Canon")]
    [InlineData("FUJIFILMCCD-RAW 0201", "Fujifilm")]
    [InlineData("IIRO\b\0\0\0", "Olympus")]
    [InlineData("MMOR\0\0\0\b", "Olympus")]
    [InlineData("IIU\0\b\0\0\0", "Panasonic")]
    [InlineData("FOVb\0\0\u0002\0", "Sigma")]
    [InlineData("\0MRM\0\0", "Minolta")]
    [InlineData("MM\0*\0\0\0\b\0\u0001\u00C6\u0012\0\u0001\0\0\0\u0004\u0001\u0004\0\0", "DNG")]
    [InlineData("MM\0*\0\0\0\b\0\0", "TIFF")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0avif", "AVIF")]
    [InlineData("\u00FF\nrest", "JPEG XL")]
    [InlineData("\u00FFO\u00FFQ\0\0", "JPEG 2000")]
    [InlineData("8BPS\0\u0002", "Photoshop")]
    [InlineData("DDS |\0\0\0", "DDS")]
    [InlineData("qoif\0\0\0\u0001", "QOI")]
    [InlineData("\0\0\u0002\0\u0001\0\u0010\u0010\0\0\u0001\0", "cursor")]
    [InlineData("\0\0\u0001\0\u0001\0\u0010\u0010\u00FF\u0001\0\0", "icon")]
    [InlineData("\0\0\u0002\0\0\0\0\0\0\0\0\0\u0020\0\u0020\0\u0018\0", "TGA")]
    [InlineData("\0\0\n\0\0\0\0\0\0\0\0\0\u0020\0\u0020\0\u0020\b", "TGA")]
    [InlineData("\0\u0001\u0001\0\0\0\u0001\u0018\0\0\0\0\u0020\0\u0020\0\b\0", "TGA")]
    public void A_kind_that_is_not_decoded_is_refused_by_its_name(string latin1, string named) =>
        AssertUnsupported(Encoding.Latin1.GetBytes(latin1), named);

    [Fact]
    public void Kinds_with_long_headers_are_refused_by_their_names()
    {
        AssertUnsupported([.. new byte[128], .. "DICM"u8, 2, 0], "DICOM");
        byte[] pcx = new byte[128];
        (pcx[0], pcx[1], pcx[2], pcx[3], pcx[65]) = (10, 5, 1, 8, 3);
        AssertUnsupported(pcx, "PCX");
    }

    [Theory]
    [InlineData(0xC3, 8, "lossless")]
    [InlineData(0xC1, 12, "12-bit")]
    [InlineData(0xC0, 12, "12-bit")]
    [InlineData(0xC5, 8, "hierarchical")]
    [InlineData(0xC9, 8, "arithmetic")]
    [InlineData(0xF7, 8, "JPEG-LS")]
    public void A_jpeg_of_a_process_that_is_not_decoded_is_no_damaged_one(int marker, int precision, string named) => AssertUnsupported(
        [0xFF, 0xD8, 0xFF, (byte)marker, 0, 11, (byte)precision, 0, 16, 0, 16, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. new byte[200], 0xFF, 0xD9], named);

    [Theory]
    [InlineData(124, 5, 0, "holds a PNG")]
    [InlineData(40, 4, 0, "holds a JPEG")]
    [InlineData(64, 4, 24, "RLE24")]
    [InlineData(64, 3, 1, "Huffman")]
    [InlineData(40, 11, 32, "CMYK")]
    public void A_bmp_that_holds_another_coding_is_no_damaged_one(int header, int compression, short bits, string named)
    {
        byte[] bmp = new byte[14 + header + 200];
        "BM"u8.CopyTo(bmp);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(10), 14 + header);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(14), header);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), 16);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bmp.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bmp.AsSpan(28), bits);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(30), compression);
        AssertUnsupported(bmp, named);
    }

    [Fact]
    public void A_png_of_apples_variant_is_no_damaged_one()
    {
        byte[] png = EncodedImages.OfFormat("png", 20, 20);
        AssertUnsupported([.. png[..8], 0, 0, 0, 4, .. "CgBI"u8, 0x50, 0, 0x20, 2, 0x2B, 0xD5, 0xB3, 0x7F, .. png[8..]], "Apple");
    }

    [Fact]
    public void An_image_that_was_changed_on_its_way_is_told_for_what_became_of_it()
    {
        byte[] png = EncodedImages.OfFormat("png", 60, 60);
        byte[] jpeg = EncodedImages.OfFormat("jpeg", 200, 200);
        Assert.Contains("text mode", Refused(WithCarriageReturns(png)).Message, StringComparison.Ordinal);
        Assert.Contains("text mode", Refused(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(png).Replace("\r\n", "\n", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Assert.Contains("text mode", Refused(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(png))).Message, StringComparison.Ordinal);
        Assert.Contains("text mode", Refused(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(jpeg))).Message, StringComparison.Ordinal);
        Assert.Contains("gzip", Refused(Gzip(jpeg)).Message, StringComparison.Ordinal);
        Assert.Contains("data URI", Refused(Encoding.ASCII.GetBytes("data:image/png;base64," + Convert.ToBase64String(png))).Message, StringComparison.Ordinal);
        Assert.Contains("base64", Refused(Encoding.ASCII.GetBytes(Convert.ToBase64String(jpeg))).Message, StringComparison.Ordinal);
        Assert.Contains("17 bytes in front of its JPEG", Refused([.. "Content-Length: 1"u8, .. jpeg]).Message, StringComparison.Ordinal);
        Assert.Contains("web page", Refused("<!DOCTYPE html><html>"u8.ToArray()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("webp")]
    [InlineData("bmp")]
    public void What_was_copied_in_text_mode_is_refused_though_a_decoder_would_show_something(string format)
    {
        byte[] image = EncodedImages.OfFormat(format, 900, 700);
        Assert.True(image.Count(value => value == '\n') > 8);
        Assert.Contains("text mode", Refused(WithCarriageReturns(image)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bitmap_whose_colors_are_those_of_line_ends_is_an_image()
    {
        byte[] bitmap = EncodedImages.Bmp(40, 40, (_, _) => new SKColor(13, 10, 13));
        Assert.True(bitmap.AsSpan().Count("\r\n"u8) > 8);
        new ImagePreparer(new ImagePreprocessing(8, 8)).Prepare(bitmap, new byte[3 * 8 * 8]);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, "JPEG")]
    [InlineData(new byte[] { 0xFF, 0xD8 }, "JPEG")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E }, "PNG")]
    [InlineData(new byte[] { 0x47, 0x49, 0x46 }, "GIF")]
    [InlineData(new byte[] { 0x52, 0x49, 0x46, 0x46, 1, 2 }, "WebP")]
    [InlineData(new byte[] { 0x42, 0x4D, 9, 9 }, "BMP")]
    public void The_first_bytes_of_an_image_alone_are_told_for_that(byte[] start, string name) =>
        Assert.Contains($"{start.Length} bytes, the beginning of a {name} file", Refused(start).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_not_called_so() =>
        Assert.Contains("not an image of any known format", Refused([.. Enumerable.Repeat((byte)0xC3, 100)]).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a.ppm")]
    [InlineData("a.CR3")]
    [InlineData("a.raf")]
    [InlineData("a.nef")]
    [InlineData("a.tga")]
    [InlineData("a.dcm")]
    [InlineData("a.exr")]
    [InlineData("a.fits")]
    public void Files_of_such_kinds_count_as_images_by_their_extensions(string path) => Assert.True(ImageSignature.HasImageExtension(path));

    [Fact]
    public void Bytes_that_only_resemble_an_image_do_not_make_one_of_a_file_without_an_extension()
    {
        Assert.False(ImageSignature.IsImage([0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 32, 0, 24, 0]));
        Assert.False(ImageSignature.IsImage("P6 is a name of a class"u8));
        Assert.True(ImageSignature.IsImage("P6\n32 32\n255\n"u8));
    }

    [Fact]
    public void A_file_whose_name_is_not_utf8_is_not_said_to_be_missing()
    {
        ImageFileBuffer files = new(maxBytes: 1000);
        Assert.Contains("name that is not UTF-8", Assert.Throws<ImageRefusedException>(() => files.Read("caf\uFFFD.jpg", Subject.FromFile("caf\uFFFD.jpg"))).Message, StringComparison.Ordinal);
        Assert.Equal("nowhere.jpg does not exist.", Assert.Throws<ImageRefusedException>(() => files.Read("nowhere.jpg", Subject.FromFile("nowhere.jpg"))).Message);
    }

    private static byte[] WithCarriageReturns(byte[] file) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace("\n", "\r\n", StringComparison.Ordinal));

    private static byte[] Gzip(byte[] file)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(file);
        }

        return packed.ToArray();
    }

    private static void AssertUnsupported(byte[] file, string named)
    {
        ImageRefusedException refusal = Refused(file);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(", which cannot be read: convert it to PNG or JPEG", refusal.Description, StringComparison.Ordinal);
        Assert.Equal(ImageRefusal.UnsupportedFormat, refusal.Reason);
    }

    private static ImageRefusedException Refused(byte[] file)
    {
        ImagePreparer preparer = new(new ImagePreprocessing(16, 16));
        return Assert.Throws<ImageRefusedException>(() => preparer.Prepare(file, new byte[preparer.PreparedBytes]));
    }
}
