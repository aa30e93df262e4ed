using System.Buffers.Binary;

namespace InceptionMl.Images.Containers;

/// <summary>Reads the orientation from an EXIF block, a TIFF structure of which only the first directory is looked at.</summary>
internal static class ExifBlock
{
    private const ushort OrientationTag = 0x0112;
    private const ushort Short = 3;
    private const int EntryBytes = 12;
    private const int HeaderBytes = 8;

    private static ReadOnlySpan<byte> Prefix => "Exif\0"u8;

    /// <summary>The prefix and the byte that follows it, which pads it.</summary>
    private static int PrefixBytes => Prefix.Length + 1;

    /// <summary>Determines whether a block begins as those of JPEG do, with "Exif" and two more bytes.</summary>
    public static bool HasPrefix(ReadOnlySpan<byte> block) => block.Length > PrefixBytes && block.StartsWith(Prefix);

    /// <summary>Gets the orientation, 1 to 8; 0 where the block states none or is damaged.</summary>
    /// <param name="block">The block, with or without the prefix of JPEG.</param>
    public static int Orientation(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> tiff = HasPrefix(block) ? block[PrefixBytes..] : block;
        bool isLittle = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < HeaderBytes || (!isLittle && !tiff.StartsWith("MM\0*"u8)))
        {
            return 0;
        }

        uint directory = UInt32(tiff[4..], isLittle);
        if (directory > tiff.Length - sizeof(ushort))
        {
            return 0;
        }

        ReadOnlySpan<byte> entries = tiff[((int)directory + sizeof(ushort))..];
        for (int left = UInt16(tiff[(int)directory..], isLittle); left > 0 && entries.Length >= EntryBytes; left--)
        {
            if (UInt16(entries, isLittle) == OrientationTag && UInt16(entries[2..], isLittle) == Short && UInt32(entries[4..], isLittle) == 1)
            {
                return UInt16(entries[8..], isLittle) is >= 1 and <= 8 and var stated ? stated : 0;
            }

            entries = entries[EntryBytes..];
        }

        return 0;
    }

    private static ushort UInt16(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint UInt32(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
