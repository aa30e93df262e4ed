namespace InceptionMl.Images.Containers;

/// <summary>What a GIF file's header states, held against the file's length.</summary>
internal static class GifHeader
{
    // A code of twelve bits stands for at most 4,095 pixels, shorter codes for fewer a bit: that is 2,730 a byte.
    private const long MostPixelsPerByte = 4096;

    /// <summary>
    /// Determines whether the file is long enough for a frame that fills its canvas, in the fewest codes there could be. The canvas costs its
    /// memory however small the frames on it are.
    /// </summary>
    public static bool CanHoldItsPixels(int width, int height, int bytes) => (long)width * height <= MostPixelsPerByte * bytes;
}
