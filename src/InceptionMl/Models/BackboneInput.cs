namespace InceptionMl.Models;

/// <summary>How a backbone is fed.</summary>
public sealed record BackboneInput
{
    /// <summary>Gets the name of the input tensor, float32 [N, 3, Height, Width].</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets the width in pixels, 8 to 4096.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the height in pixels, 8 to 4096.</summary>
    public required int Height { get; init; }

    /// <summary>Gets the order of the channels, <c>RGB</c> (the default) or <c>BGR</c>.</summary>
    public string Channels { get; init; } = "RGB";

    /// <summary>Gets the values that are subtracted from each channel's 0..255 value; three numbers.</summary>
    public required IReadOnlyList<double> Offset { get; init; }

    /// <summary>Gets the factors that are applied after the offset; three numbers.</summary>
    public required IReadOnlyList<double> Scale { get; init; }

    /// <summary>Gets how an image of another size is fitted; null is a center crop of the whole, area-filtered.</summary>
    public BackboneResize? Resize { get; init; }
}
