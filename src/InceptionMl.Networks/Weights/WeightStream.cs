namespace InceptionMl.Networks.Weights;

/// <summary>What every reader of weights asks of its stream.</summary>
internal static class WeightStream
{
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static void RequireLength(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream must know its length, so that a lying size is found before memory is taken.", nameof(stream));
        }
    }

    /// <summary>Gets the first bytes, as many as there are.</summary>
    public static byte[] Beginning(Stream stream, int most)
    {
        byte[] prefix = new byte[most];
        stream.Position = 0;
        return prefix[..stream.ReadAtLeast(prefix, most, throwOnEndOfStream: false)];
    }
}
