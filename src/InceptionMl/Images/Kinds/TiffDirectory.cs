using System.Buffers.Binary;

namespace InceptionMl.Images.Kinds;

/// <summary>The first directory of a TIFF file, as far as it lies within the first bytes.</summary>
internal static class TiffDirectory
{
    public const ushort Make = 0x010F;
    public const ushort SubDirectories = 0x014A;
    public const ushort DngVersion = 0xC612;
    private const int EntryBytes = 12;

    /// <summary>Determines whether the directory has a tag.</summary>
    public static bool Has(ReadOnlySpan<byte> head, ushort tag)
    {
        bool isLittle = head.StartsWith("II*\0"u8);
        if (head.Length < 10 || (!isLittle && !head.StartsWith("MM\0*"u8)))
        {
            return false;
        }

        uint directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) : BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        if (directory > head.Length - sizeof(ushort))
        {
            return false;
        }

        ReadOnlySpan<byte> entries = head[((int)directory + sizeof(ushort))..];
        for (int left = UInt16(head[(int)directory..], isLittle); left > 0 && entries.Length >= EntryBytes; left--, entries = entries[EntryBytes..])
        {
            if (UInt16(entries, isLittle) == tag)
            {
                return true;
            }
        }

        return false;
    }

    private static ushort UInt16(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
}
