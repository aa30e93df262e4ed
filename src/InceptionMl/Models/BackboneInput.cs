namespace InceptionMl.Models;

/// <summary>How a backbone is fed.</summary>
public sealed record BackboneInput
{
    /// <summary>Name of the input tensor, float32 [N, 3, Height, Width].</summary>
    public required string Tensor { get; init; }

    /// <summary>Width in pixels, 8 to 4096.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels, 8 to 4096.</summary>
    public required int Height { get; init; }

    /// <summary>Order of the channels, <c>RGB</c> (the default) or <c>BGR</c>.</summary>
    public string Channels { get; init; } = "RGB";

    /// <summary>Subtracted from each channel's 0..255 value; three numbers.</summary>
    public required IReadOnlyList<double> Offset { get; init; }

    /// <summary>Multiplied after the offset; three numbers.</summary>
    public required IReadOnlyList<double> Scale { get; init; }

    /// <summary>How a picture of another size is fitted; null is a center crop of the whole, area-filtered.</summary>
    public BackboneResize? Resize { get; init; }
}
