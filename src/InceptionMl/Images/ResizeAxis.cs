namespace InceptionMl.Images;

/// <summary>
/// One axis of a resize: the source, <see cref="SourceLength"/> pixels long, is laid over the prepared pixels from
/// <see cref="Start"/> (below zero where it is cropped) on, <see cref="Length"/> of them.
/// </summary>
internal readonly record struct ResizeAxis(int SourceLength, int Target, int Start, int Length)
{
    /// <summary>Source pixels per prepared pixel; below 1 when enlarging.</summary>
    public double Step => (double)SourceLength / Length;

    /// <summary>Both axes of an upright image, rounded as ML.NET's ResizeImages rounds.</summary>
    public static (ResizeAxis X, ResizeAxis Y) Of(int width, int height, ImagePreprocessing target)
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

    /// <summary>The axis whose scale the other axis, prepared / source, decides: exact integers, so that no pixel is lost to rounding.</summary>
    private static ResizeAxis Following(int source, int target, int otherSource, int otherTarget)
    {
        long scaled = (long)source * otherTarget;
        int length = (int)Math.Clamp(scaled / otherSource, 1, int.MaxValue);
        int start = (int)(((long)target * otherSource - scaled) / (2L * otherSource));
        return new ResizeAxis(source, target, start, length);
    }
}
