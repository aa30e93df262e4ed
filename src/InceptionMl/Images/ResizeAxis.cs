namespace InceptionMl.Images;

/// <summary>
/// One axis of a resize: the source, <see cref="SourceLength"/> pixels long, is laid over the prepared pixels from
/// <see cref="Start"/> (below zero where it is cropped) on, <see cref="Length"/> of them.
/// </summary>
internal readonly record struct ResizeAxis(int SourceLength, int Target, int Start, int Length)
{
    /// <summary>Gets the number of pixels of the whole picture; <see cref="SourceLength"/> of them are used.</summary>
    public int WholeLength { get; init; } = SourceLength;

    /// <summary>Gets the first source pixel that is used.</summary>
    public int SourceStart { get; init; }

    /// <summary>The prepared pixels that the source covers: the first, and one past the last.</summary>
    public (int First, int End) Covered => (Math.Max(Start, 0), (int)Math.Min((long)Start + Length, Target));

    /// <summary>Gets the number of source pixels per prepared pixel; below 1 when enlarging.</summary>
    public double Step => (double)SourceLength / Length;

    /// <summary>Both axes of an upright image, rounded as ML.NET's ResizeImages rounds.</summary>
    public static (ResizeAxis X, ResizeAxis Y) Create(int width, int height, ImagePreprocessing target)
    {
        ResizeAxis stretchedX = new(width, target.Width, 0, target.Width);
        ResizeAxis stretchedY = new(height, target.Height, 0, target.Height);
        if (target.Mode == ResizeMode.Stretch)
        {
            return (stretchedX, stretchedY);
        }

        // Cropping, the axis that would fall short decides the scale; padding, the one that would overhang.
        bool widthIsTight = (long)target.Height * width < (long)target.Width * height;
        return widthIsTight == (target.Mode == ResizeMode.Crop)
            ? (stretchedX, Following(height, target.Height, width, target.Width))
            : (Following(width, target.Width, height, target.Height), stretchedY);
    }

    /// <summary>Gets the same prepared pixels under a part of the source, of at least one pixel.</summary>
    /// <param name="share">How much of the source, above 0 to 1.</param>
    /// <param name="place">From 0, at its start, to 1, at its end.</param>
    public ResizeAxis Part(double share, double place)
    {
        int length = Math.Clamp((int)Math.Round(SourceLength * share), 1, SourceLength);
        return this with { SourceLength = length, SourceStart = (int)Math.Round((SourceLength - length) * place) };
    }

    /// <summary>The axis whose scale the other axis, prepared / source, decides: exact integers, so that no pixel is lost to rounding.</summary>
    private static ResizeAxis Following(int source, int target, int otherSource, int otherTarget)
    {
        long scaled = (long)source * otherTarget;
        int length = (int)Math.Clamp(scaled / otherSource, 1, int.MaxValue);
        int start = (int)(((long)target * otherSource - scaled) / (2L * otherSource));
        return new ResizeAxis(source, target, start, length);
    }
}
