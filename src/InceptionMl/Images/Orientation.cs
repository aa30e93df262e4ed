using SkiaSharp;

namespace InceptionMl.Images;

/// <summary>How stored rows and columns lie in the upright picture, from EXIF's orientation tag.</summary>
/// <param name="Transposed">Stored rows are upright columns.</param>
/// <param name="MirroredRows">The first stored row is the upright picture's last row (or column, when transposed).</param>
/// <param name="MirroredColumns">The first stored column is the upright picture's last column (or row, when transposed).</param>
internal readonly record struct Orientation(bool Transposed, bool MirroredRows, bool MirroredColumns)
{
    // The names say where the stored first row and first column belong.
    public static Orientation Of(SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.TopRight => new(false, false, true),
        SKEncodedOrigin.BottomRight => new(false, true, true),
        SKEncodedOrigin.BottomLeft => new(false, true, false),
        SKEncodedOrigin.LeftTop => new(true, false, false),
        SKEncodedOrigin.RightTop => new(true, true, false),
        SKEncodedOrigin.RightBottom => new(true, true, true),
        SKEncodedOrigin.LeftBottom => new(true, false, true),
        _ => default,
    };
}
