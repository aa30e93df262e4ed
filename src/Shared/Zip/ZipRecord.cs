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
