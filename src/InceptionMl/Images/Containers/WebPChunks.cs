using System.Buffers.Binary;

namespace InceptionMl.Images.Containers;

/// <summary>Walks the chunks of a WebP file, as far as they are whole.</summary>
/// <param name="webp">A file that begins with the signature of WebP.</param>
internal ref struct WebPChunks(ReadOnlySpan<byte> webp)
{
    private const int SignatureBytes = 12;
    private const int TypeAndLength = 8;

    private ReadOnlySpan<byte> rest = webp.Length > SignatureBytes ? webp[SignatureBytes..] : default;

    /// <summary>Gets the four letters of the chunk.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>Gets what is in the chunk.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Goes to the next chunk; false behind the last that is whole.</summary>
    public bool MoveNext()
    {
        if (rest.Length < TypeAndLength)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        if (length > rest.Length - TypeAndLength)
        {
            return false;
        }

        Type = rest[..4];
        Content = rest.Slice(TypeAndLength, (int)length);
        bool isPadded = length % 2 == 1 && rest.Length > TypeAndLength + (int)length;
        rest = rest[(TypeAndLength + (int)length + (isPadded ? 1 : 0))..];
        return true;
    }
}
