namespace InceptionMl.Networks.Weights.Archives;

/// <summary>One record of a zip archive's central directory.</summary>
internal sealed record ZipRecord(string Name, int Flags, int Method, long CompressedLength, long Length, long HeaderOffset)
{
    public bool Encrypted => (Flags & 1) != 0;

    public bool Stored => Method == 0 && CompressedLength == Length;
}
