namespace InceptionMl.Images.Containers.Internal;

/// <summary>What a file is by its first bytes; its name is not asked.</summary>
public enum ImageFormat
{
    /// <summary>Not an image by any signature known here.</summary>
    Unknown,

    /// <summary>JPEG (ISO/IEC 10918-1). Decoded.</summary>
    Jpeg,

    /// <summary>PNG (ISO/IEC 15948). Decoded.</summary>
    Png,

    /// <summary>WebP (RFC 9649). Decoded; an animation by its first frame.</summary>
    WebP,

    /// <summary>Windows bitmap. Decoded.</summary>
    Bmp,

    /// <summary>GIF. Decoded by its first frame.</summary>
    Gif,

    /// <summary>TIFF. Refused by name.</summary>
    Tiff,

    /// <summary>HEIC, HEIF or AVIF. Refused by name.</summary>
    Heif,

    /// <summary>Scalable Vector Graphics. Refused by name.</summary>
    Svg,

    /// <summary>Windows icon or cursor. Refused by name.</summary>
    Icon,

    /// <summary>JPEG XL. Refused by name.</summary>
    JpegXl,

    /// <summary>JPEG 2000. Refused by name.</summary>
    Jpeg2000,

    /// <summary>Adobe Photoshop document. Refused by name.</summary>
    Photoshop,

    /// <summary>Netpbm: PBM, PGM, PPM, PAM or PFM. Refused by name.</summary>
    Netpbm,

    /// <summary>A camera's raw file, of any maker. Refused by name.</summary>
    CameraRaw,

    /// <summary>TGA. Refused by name.</summary>
    Targa,

    /// <summary>PCX. Refused by name.</summary>
    Pcx,

    /// <summary>DICOM. Refused by name.</summary>
    Dicom,

    /// <summary>OpenEXR. Refused by name.</summary>
    OpenExr,

    /// <summary>Radiance HDR. Refused by name.</summary>
    RadianceHdr,

    /// <summary>FITS. Refused by name.</summary>
    Fits,

    /// <summary>Another format that is known by its name, such as DDS or QOI. Refused by it.</summary>
    Other,
}
