using InceptionMl.Images.Containers.Internal;
using InceptionMl.Images.Kinds;

namespace InceptionMl.Images.Internal;

/// <summary>The one table of all kinds of image files that are known by their name: those that are decoded, and those that are refused by it.</summary>
public static class ImageKinds
{
    /// <summary>All kinds; of two whose first bytes match, the first counts.</summary>
    private static readonly ImageKind[] All =
    [
        new(ImageFormat.Jpeg, "a JPEG file", [".jpg", ".jpeg", ".jpe", ".jfif", ".jls"], static head => head is [0xFF, 0xD8, 0xFF, ..]) { IsDecoded = true },
        new(ImageFormat.Png, "a PNG file", [".png", ".apng"], static head => head.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1A, 0x0A])) { IsDecoded = true },
        new(ImageFormat.WebP, "a WebP file", [".webp"], static head => head.StartsWith("RIFF"u8) && At(head, 8, "WEBP"u8)) { IsDecoded = true },
        new(ImageFormat.Gif, "a GIF file", [".gif"], static head => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) { IsDecoded = true },
        new(ImageFormat.Bmp, "a BMP file", [".bmp", ".dib"], WeakSignatures.IsBitmap) { IsDecoded = true },

        new(ImageFormat.CameraRaw, "a Canon camera's raw file (CR2)", [".cr2"], static head => IsTiff(head) && At(head, 8, "CR"u8)),
        new(ImageFormat.CameraRaw, "a Canon camera's raw file (CR3)", [".cr3"], static head => At(head, 4, "ftypcrx "u8)),
        new(ImageFormat.CameraRaw, "a Canon camera's raw file (CRW)", [".crw"], static head => At(head, 6, "HEAPCCDR"u8)),
        new(ImageFormat.CameraRaw, "a Fujifilm camera's raw file (RAF)", [".raf"], static head => head.StartsWith("FUJIFILMCCD-RAW"u8)),
        new(ImageFormat.CameraRaw, "an Olympus camera's raw file (ORF)", [".orf", ".ori"], static head => head.StartsWith("IIRO"u8) || head.StartsWith("IIRS"u8) || head.StartsWith("MMOR"u8)),
        new(ImageFormat.CameraRaw, "a Panasonic camera's raw file (RW2)", [".rw2", ".rwl", ".raw"], static head => head.StartsWith("IIU\0"u8)),
        new(ImageFormat.CameraRaw, "a Sigma camera's raw file (X3F)", [".x3f"], static head => head.StartsWith("FOVb"u8)),
        new(ImageFormat.CameraRaw, "a Minolta camera's raw file (MRW)", [".mrw"], static head => head.StartsWith("\0MRM"u8)),
        new(ImageFormat.CameraRaw, "a camera's raw file (DNG)", [".dng"], static head => TiffDirectory.Has(head, TiffDirectory.DngVersion)),
        new(ImageFormat.CameraRaw, "a camera's raw file", [".nef", ".nrw", ".arw", ".srf", ".sr2", ".pef", ".ptx", ".srw", ".3fr", ".fff", ".iiq", ".erf", ".mef", ".mos", ".dcr", ".kdc", ".k25", ".dcs", ".drf", ".gpr", ".rwz", ".cap", ".eip", ".bay"],
            static head => IsTiff(head) && TiffDirectory.Has(head, TiffDirectory.Make) && TiffDirectory.Has(head, TiffDirectory.SubDirectories)),
        new(ImageFormat.Tiff, "a TIFF file (or a camera's raw file)", [".tif", ".tiff", ".btf"], IsTiff),
        new(ImageFormat.Heif, "a HEIC or AVIF file", [".heic", ".heif", ".hif", ".avif", ".avifs", ".heics"], WeakSignatures.IsHeif),
        new(ImageFormat.JpegXl, "a JPEG XL file", [".jxl"], static head => head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 12, .. "JXL \r\n"u8, 0x87, 0x0A]) || head is [0xFF, 0x0A, ..]),
        new(ImageFormat.Jpeg2000, "a JPEG 2000 file", [".jp2", ".j2k", ".j2c", ".jpc", ".jpf", ".jpx", ".jpm", ".jph", ".jhc"],
            static head => head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 12, .. "jP  \r\n"u8, 0x87, 0x0A]) || head is [0xFF, 0x4F, 0xFF, 0x51, ..]),
        new(ImageFormat.Photoshop, "a Photoshop document", [".psd", ".psb"], static head => head.StartsWith("8BPS"u8) && head is [_, _, _, _, 0, 1 or 2, ..]),
        new(ImageFormat.Netpbm, "a Netpbm file (PBM, PGM, PPM or PAM)", [".ppm", ".pgm", ".pbm", ".pnm", ".pam"], WeakSignatures.IsNetpbm),
        new(ImageFormat.Netpbm, "a portable float map (PFM)", [".pfm"], WeakSignatures.IsFloatMap),
        new(ImageFormat.Dicom, "a DICOM file", [".dcm", ".dicom"], static head => At(head, 128, "DICM"u8)),
        new(ImageFormat.OpenExr, "an OpenEXR file", [".exr"], static head => head is [0x76, 0x2F, 0x31, 0x01, ..]),
        new(ImageFormat.RadianceHdr, "a Radiance HDR file", [".hdr", ".rgbe"], static head => head.StartsWith("#?RADIANCE"u8) || head.StartsWith("#?RGBE"u8)),
        new(ImageFormat.Fits, "a FITS file", [".fits", ".fit", ".fts"], static head => head.StartsWith("SIMPLE  ="u8)),
        new(ImageFormat.Other, "a DirectDraw surface (DDS)", [".dds"], static head => head.StartsWith("DDS |"u8)),
        new(ImageFormat.Other, "a GIMP image (XCF)", [".xcf"], static head => head.StartsWith("gimp xcf "u8)),
        new(ImageFormat.Other, "a QOI file", [".qoi"], static head => head.StartsWith("qoif"u8)),
        new(ImageFormat.Other, "a JPEG XR file", [".jxr", ".wdp", ".hdp"], static head => head is [(byte)'I', (byte)'I', 0xBC, ..]),
        new(ImageFormat.Other, "a DjVu document", [".djvu", ".djv"], static head => head.StartsWith("AT&TFORM"u8)),
        new(ImageFormat.Other, "an MNG or JNG file", [".mng", ".jng"], static head => At(head, 1, "MNG\r\n"u8) || At(head, 1, "JNG\r\n"u8)),
        new(ImageFormat.Other, "a BPG file", [".bpg"], static head => head is [(byte)'B', (byte)'P', (byte)'G', 0xFB, ..]),
        new(ImageFormat.Other, "a FLIF file", [".flif"], static head => head.StartsWith("FLIF"u8)),
        new(ImageFormat.Other, "an IFF image", [".iff", ".lbm", ".ilbm"], static head => head.StartsWith("FORM"u8) && (At(head, 8, "ILBM"u8) || At(head, 8, "PBM "u8))),
        new(ImageFormat.Other, "an animated cursor", [".ani"], static head => head.StartsWith("RIFF"u8) && At(head, 8, "ACON"u8)),
        new(ImageFormat.Other, "a Sun raster image", [".ras"], static head => head is [0x59, 0xA6, 0x6A, 0x95, ..]),
        new(ImageFormat.Other, "an SGI image", [".sgi", ".rgb", ".rgba", ".bw"], static head => head is [0x01, 0xDA, 0 or 1, 1 or 2, 0, 1 or 2 or 3, ..]),
        new(ImageFormat.Other, "an X pixmap", [".xpm"], static head => head.StartsWith("/* XPM */"u8)),
        new(ImageFormat.Other, "a Windows metafile", [".emf", ".wmf"], static head => head is [0xD7, 0xCD, 0xC6, 0x9A, ..] || (head is [1, 0, 0, 0, ..] && At(head, 40, " EMF"u8))),
        new(ImageFormat.Other, "a bitmap of OS/2 that BMP readers do not know", [], WeakSignatures.IsOs2Array) { IsCertain = false },
        new(ImageFormat.Icon, "a Windows icon", [".ico"], static head => head is [0, 0, 1, 0, > 0, 0, _, _, _, 0, ..]),
        new(ImageFormat.Icon, "a Windows cursor", [".cur"], static head => head is [0, 0, 2, 0, > 0, 0, _, _, _, 0, ..]),
        new(ImageFormat.Svg, "an SVG drawing", [".svg", ".svgz"], WeakSignatures.IsSvg),
        new(ImageFormat.Icon, "a Windows icon or cursor", [], static head => head is [0, 0, 1 or 2, 0, > 0, 0, ..]) { IsCertain = false },
        new(ImageFormat.Pcx, "a PCX file", [".pcx", ".dcx"], WeakSignatures.IsPcx) { IsCertain = false },
        new(ImageFormat.Targa, "a TGA file", [".tga", ".targa", ".icb", ".vda", ".vst"], WeakSignatures.IsTarga) { IsCertain = false },
    ];

    private static readonly HashSet<string> Extensions = new(All.SelectMany(kind => kind.Extensions), StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> DecodedExtensions =
        new(All.Where(kind => kind.IsDecoded).SelectMany(kind => kind.Extensions), StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the kind that the first bytes of a file show; null for none.</summary>
    public static ImageKind? Find(ReadOnlySpan<byte> head)
    {
        foreach (ImageKind kind in All)
        {
            if (kind.Matches(head))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>What a sentence calls a format, with its article.</summary>
    public static string NameOf(ImageFormat format) => Array.Find(All, kind => kind.Format == format)?.Name ?? "a file";

    /// <summary>Determines whether an extension, with its dot, is one that images carry.</summary>
    public static bool IsImageExtension(ReadOnlySpan<char> extension) => Extensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(extension);

    /// <summary>Determines whether an extension, with its dot, is one of a kind that is decoded.</summary>
    public static bool IsDecodedExtension(ReadOnlySpan<char> extension) => DecodedExtensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(extension);

    /// <summary>Determines whether files of a format carry an extension, with its dot and in lower case.</summary>
    public static bool IsExtensionOf(string extension, ImageFormat format) => Array.Exists(All, kind => kind.Format == format && kind.Extensions.Contains(extension));

    private static bool At(ReadOnlySpan<byte> head, int at, ReadOnlySpan<byte> expected) => head.Length > at && head[at..].StartsWith(expected);

    private static bool IsTiff(ReadOnlySpan<byte> head) => head is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..];
}

/// <summary>A kind of image file: how it is called, and how it is told.</summary>
/// <param name="Format">The format it is reported as.</param>
/// <param name="Name">What a sentence calls it, with its article.</param>
/// <param name="Extensions">The extensions that such files carry, lower case, with their dots.</param>
/// <param name="Matches">Whether the first bytes of a file are those of the kind.</param>
public sealed record ImageKind(ImageFormat Format, string Name, string[] Extensions, ImageKind.Signature Matches)
{
    /// <summary>Looks at the first <see cref="ImageSignature.HeadLength"/> bytes of a file.</summary>
    public delegate bool Signature(ReadOnlySpan<byte> head);

    /// <summary>Gets a value that indicates whether images of the kind are decoded here.</summary>
    public bool IsDecoded { get; init; }

    /// <summary>Gets a value that indicates whether the first bytes are enough to take a file for an image whatever its name. Where they are not, they only serve to call it by its name.</summary>
    /// <value>The default is true.</value>
    public bool IsCertain { get; init; } = true;
}
