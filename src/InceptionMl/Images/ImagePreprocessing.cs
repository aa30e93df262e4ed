using System.Globalization;
using System.Text.Json.Serialization;

namespace InceptionMl.Images;

/// <summary>
/// What is done to every image before a network sees it, in training and in scoring alike: decode to sRGB, orient by EXIF, composite
/// on white, resize. Two equal values of one <see cref="Version"/> give the same bytes for the same file.
/// </summary>
public sealed record ImagePreprocessing
{
    /// <summary>
    /// The version of the rules behind the parameters, which models record: a model of another version is not opened. It rises when most
    /// files would give other bytes; <see cref="DecoderVersion"/> rises when few would.
    /// </summary>
    public const int Version = 1;

    /// <summary>
    /// The version of what is read from files before the parameters count: orientation, alpha and color profile. It rises whenever any
    /// file would give other bytes, so that features cached under older rules are not taken for new ones. Models do not record it.
    /// </summary>
    public const int DecoderVersion = 2;

    /// <summary>The largest <see cref="Width"/> or <see cref="Height"/>, in pixels.</summary>
    public const int MaxSide = 8192;

    private readonly int width;
    private readonly int height;
    private readonly ResizeMode mode = ResizeMode.Crop;
    private readonly string filter = "area";

    /// <summary>Describes the preparation to a given size.</summary>
    /// <param name="width">Pixels, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Pixels, 1 to <see cref="MaxSide"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range.</exception>
    public ImagePreprocessing(int width, int height)
    {
        Width = width;
        Height = height;
    }

    /// <summary>Gets the width of the prepared image, in pixels, 1 to <see cref="MaxSide"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Width
    {
        get => width;
        init => width = CheckedSide(value, nameof(Width));
    }

    /// <summary>Gets the height of the prepared image, in pixels, 1 to <see cref="MaxSide"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Height
    {
        get => height;
        init => height = CheckedSide(value, nameof(Height));
    }

    /// <summary>Gets how another shape is brought to the prepared size.</summary>
    /// <value>The default is <see cref="ResizeMode.Crop"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not a defined mode.</exception>
    public ResizeMode Mode
    {
        get => mode;
        init => mode = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Mode), value, "The resize mode is crop, pad or stretch.");
    }

    /// <summary>Gets the resampling filter: "area", the mean over the source pixels under each prepared pixel, bilinear when enlarging.</summary>
    /// <value>The default is "area", the only one known.</value>
    /// <exception cref="ArgumentException">Any other name.</exception>
    public string Filter
    {
        get => filter;
        init => filter = value == "area"
            ? value
            : throw new ArgumentException($"The resampling filter '{value}' is not known; the only one is 'area'.", nameof(Filter));
    }

    /// <summary>
    /// All that decides the prepared bytes besides the file itself, as one line of invariant text: part of the key under which
    /// features are cached.
    /// </summary>
    public string ToCanonicalString() => string.Create(
        CultureInfo.InvariantCulture,
        $"prepare v{Version}; decode v{DecoderVersion}; skia 2.88; jpeg-scale {JpegScale.CanonicalRule}; exif-orientation; srgb; alpha-on-white; first-frame; {ModeName} {Width}x{Height}; filter {Filter}");

    private string ModeName => Mode switch
    {
        ResizeMode.Crop => "crop-centre", // cspell:ignore centre
        ResizeMode.Pad => "pad-black",
        _ => "stretch",
    };

    private static int CheckedSide(int value, string name) => value is >= 1 and <= MaxSide
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"A prepared image's side is 1 to {MaxSide} pixels.");
}

/// <summary>How an image of another shape is brought to the prepared size.</summary>
public enum ResizeMode
{
    /// <summary>Scaled until it covers the prepared size, the rest cut away evenly on both sides (ML.NET's IsoCrop, center anchor).</summary>
    [JsonStringEnumMemberName("crop")]
    Crop,

    /// <summary>Scaled until it fits inside the prepared size, centered on black (ML.NET's IsoPad).</summary>
    [JsonStringEnumMemberName("pad")]
    Pad,

    /// <summary>Width and height scaled each on its own; shapes are distorted.</summary>
    [JsonStringEnumMemberName("stretch")]
    Stretch,
}
