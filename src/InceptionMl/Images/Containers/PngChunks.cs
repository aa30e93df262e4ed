using System.Buffers.Binary;

namespace InceptionMl.Images.Containers;

/// <summary>Walks the chunks of a PNG file, as far as they are whole.</summary>
/// <param name="png">A file that begins with the signature of PNG.</param>
internal ref struct PngChunks(ReadOnlySpan<byte> png)
{
    private const int SignatureBytes = 8;
    private const int LengthAndType = 8;
    private const int Checksum = 4;

    private ReadOnlySpan<byte> rest = png.Length > SignatureBytes ? png[SignatureBytes..] : default;

    /// <summary>Gets the four letters of the chunk.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>Gets what is in the chunk.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Goes to the next chunk; false behind the last that is whole.</summary>
    public bool MoveNext()
    {
        if (rest.Length < LengthAndType + Checksum)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - LengthAndType - Checksum)
        {
            return false;
        }

        Type = rest.Slice(4, 4);
        Content = rest.Slice(LengthAndType, (int)length);
        rest = rest[(LengthAndType + (int)length + Checksum)..];
        return true;
    }
}
