namespace InceptionMl.Cli.Tests.Scores;

/// <summary>A pipe that nobody reads.</summary>
internal sealed class ClosedPipe : MemoryStream
{
    /// <summary>Lets writing succeed, so that what is left in buffers can be let go.</summary>
    public bool Open { get; set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!Open)
        {
            throw new IOException("Broken pipe", OperatingSystem.IsWindows() ? 109 : 32);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
}
