namespace InceptionMl.Training.Batch.Zip;

/// <summary>What an archive's directory says of one entry (APPNOTE.TXT 4.3.12); nothing of it is to be believed.</summary>
/// <param name="Name">The name, with / between folders. It decides nothing but how the entry is reported.</param>
/// <param name="NameHash">A hash of the name's bytes, which tell names apart however they are read.</param>
/// <param name="Flags">Bit 0 tells an encrypted entry.</param>
/// <param name="Method">0 stored, 8 deflate.</param>
/// <param name="Crc">CRC-32 of the content.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Length">Bytes of content.</param>
/// <param name="Offset">Where its local header stands.</param>
internal sealed record ZipRecord(string Name, ulong NameHash, int Flags, int Method, uint Crc, long Packed, long Length, long Offset)
{
    public bool IsEncrypted => (Flags & 1) != 0;
}
