using System.Buffers.Binary;

namespace InceptionMl.Zip;

/// <summary>What an archive's directory says of one entry (APPNOTE.TXT 4.3.12); nothing of it is to be believed.</summary>
/// <param name="NameBytes">The name as it was written, with / between folders.</param>
/// <param name="Extra">The extra fields.</param>
/// <param name="Flags">Bit 0 tells an encrypted entry, bit 11 a name in UTF-8.</param>
/// <param name="Method">0 stored, 8 deflate.</param>
/// <param name="Crc">CRC-32 of the content.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Length">Bytes of content.</param>
/// <param name="Offset">Where its local header stands.</param>
internal sealed record ZipRecord(byte[] NameBytes, byte[] Extra, int Flags, int Method, uint Crc, long Packed, long Length, long Offset)
{
    public bool IsEncrypted => (Flags & 1) != 0;

    public bool IsStored => Method == 0 && Packed == Length;
}

/// <summary>An entry's extra fields (APPNOTE.TXT 4.5).</summary>
internal static class ZipExtra
{
    /// <summary>Gets the content of the first field of a kind; nothing where there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> fields, ushort kind)
    {
        while (fields.Length >= 4)
        {
            int size = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]), fields.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(fields) == kind)
            {
                return fields.Slice(4, size);
            }

            fields = fields[(4 + size)..];
        }

        return [];
    }
}

/// <summary>The local header of an entry (APPNOTE.TXT 4.3.7), which stands before its content.</summary>
internal readonly ref struct ZipLocalHeader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The bytes before the name; what follows them are the name, the extra fields and the content.</summary>
    public const int FixedLength = 30;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Gets a value that indicates whether these bytes begin a local header, as an archive begins.</summary>
    public bool IsValid => bytes.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Gets the bytes of the name.</summary>
    public int NameLength => BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]);

    /// <summary>Gets the bytes of the whole header.</summary>
    public int Length => FixedLength + NameLength + BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
}
