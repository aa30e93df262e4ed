using System.Buffers.Binary;

namespace InceptionMl.Images.Containers;

/// <summary>A JPEG file's frame, whose scans are gone through to see whether its image is whole.</summary>
internal sealed class JpegFrame
{
    private const byte Baseline = 0xC0;
    private const byte Extended = 0xC1;
    private const byte Progressive = 0xC2;
    private const int CoefficientsPerBlock = 64;

    // No encoder writes nearly as many; each costs a pass over all blocks.
    private const int MostScans = 256;

    private readonly byte[]?[] tables = new byte[8][];
    private readonly List<JpegComponent> components = [];
    private bool isProgressive;
    private int unitColumns;
    private int unitRows;
    private int restartInterval;
    private int scans;

    /// <summary>Tells how a file ends.</summary>
    /// <param name="jpeg">A file that begins with the signature of JPEG.</param>
    public static JpegEnding EndingOf(ReadOnlySpan<byte> jpeg)
    {
        ReadOnlySpan<byte> endOfImage = [0xFF, JpegSegments.EndOfImage];
        if (jpeg.TrimEnd((byte)0).EndsWith(endOfImage))
        {
            return JpegEnding.Marked;
        }

        JpegSegments segments = new(jpeg);
        while (segments.MoveNext())
        {
            if (segments.Marker == JpegSegments.EndOfImage)
            {
                return JpegEnding.Marked;
            }
        }

        return new JpegFrame().Read(jpeg);
    }

    private JpegEnding Read(ReadOnlySpan<byte> jpeg)
    {
        JpegSegments segments = new(jpeg);
        while (segments.MoveNext())
        {
            bool isKnown = segments.Marker switch
            {
                JpegSegments.HuffmanTables => TryReadTables(segments.Content),
                JpegSegments.RestartInterval => TryReadRestartInterval(segments.Content),
                JpegSegments.StartOfScan => true,
                _ => !segments.IsFrame || TryReadFrame(segments.Marker, segments.Content),
            };
            if (!isKnown)
            {
                return JpegEnding.Unknown;
            }

            if (segments.Marker == JpegSegments.StartOfScan && ReadScan(ref segments, jpeg) is { } ending)
            {
                return ending;
            }
        }

        return components.Count > 0 && components.TrueForAll(component => component.IsWhole) ? JpegEnding.Unmarked : JpegEnding.CutOff;
    }

    private bool TryReadFrame(byte marker, ReadOnlySpan<byte> content)
    {
        const int Header = 6;
        if (marker is not (Baseline or Extended or Progressive) || components.Count > 0 || content.Length < Header || content[0] != 8
            || content[5] is < 1 or > 4 || content.Length < Header + (3 * content[5]))
        {
            return false;
        }

        isProgressive = marker == Progressive;
        int height = BinaryPrimitives.ReadUInt16BigEndian(content[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(content[3..]);
        ReadOnlySpan<byte> listed = content.Slice(Header, 3 * content[5]);
        (int across, int down) = (1, 1);
        for (int at = 0; at < listed.Length; at += 3)
        {
            if ((listed[at + 1] >> 4) is < 1 or > 4 || (listed[at + 1] & 15) is < 1 or > 4)
            {
                return false;
            }

            (across, down) = (Math.Max(across, listed[at + 1] >> 4), Math.Max(down, listed[at + 1] & 15));
        }

        if (width == 0 || height == 0)
        {
            return false;
        }

        (unitColumns, unitRows) = (Share(width, 1, 8 * across), Share(height, 1, 8 * down));
        for (int at = 0; at < listed.Length; at += 3)
        {
            (int h, int v) = (listed[at + 1] >> 4, listed[at + 1] & 15);
            components.Add(new JpegComponent(listed[at], h, v)
            {
                Columns = Share(Share(width, h, across), 1, 8),
                Rows = Share(Share(height, v, down), 1, 8),
                PaddedColumns = unitColumns * h,
                PaddedRows = unitRows * v,
            });
        }

        return true;
    }

    // Tables are kept as they are sent, and made when a scan uses them.
    private bool TryReadTables(ReadOnlySpan<byte> content)
    {
        const int CountsEnd = 17;
        while (!content.IsEmpty)
        {
            if (content.Length < CountsEnd || (content[0] & 0xEC) != 0)
            {
                return false;
            }

            int symbols = 0;
            foreach (byte count in content[1..CountsEnd])
            {
                symbols += count;
            }

            if (content.Length < CountsEnd + symbols)
            {
                return false;
            }

            tables[((content[0] >> 4) * 4) + (content[0] & 3)] = content[1..(CountsEnd + symbols)].ToArray();
            content = content[(CountsEnd + symbols)..];
        }

        return true;
    }

    private bool TryReadRestartInterval(ReadOnlySpan<byte> content)
    {
        if (content.Length < sizeof(ushort))
        {
            return false;
        }

        restartInterval = BinaryPrimitives.ReadUInt16BigEndian(content);
        return true;
    }

    /// <summary>Goes through a scan; null if it is whole and the next segment follows.</summary>
    private JpegEnding? ReadScan(ref JpegSegments segments, ReadOnlySpan<byte> jpeg)
    {
        ReadOnlySpan<byte> header = segments.Content;
        int count = header.IsEmpty ? 0 : header[0];
        if (++scans > MostScans || count is < 1 or > 4 || header.Length < 4 + (2 * count))
        {
            return JpegEnding.Unknown;
        }

        List<JpegComponent> chosen = [];
        for (int i = 0; i < count; i++)
        {
            byte id = header[1 + (2 * i)];
            byte choice = header[2 + (2 * i)];
            if (components.Find(component => component.Id == id) is not { } component || (choice & 0xCC) != 0)
            {
                return JpegEnding.Unknown;
            }

            (component.Dc, component.Ac) = (Table(choice >> 4), Table(4 + (choice & 15)));
            chosen.Add(component);
        }

        ReadOnlySpan<byte> band = header.Slice(1 + (2 * count), 3);
        (int first, int last, int bit) = isProgressive ? (band[0], band[1], band[2] & 15) : (0, CoefficientsPerBlock - 1, 0);
        bool isCorrection = isProgressive && band[2] >> 4 != 0;
        if (first > last || last >= CoefficientsPerBlock || (isProgressive && (first == 0 ? last != 0 : count != 1)))
        {
            return JpegEnding.Unknown;
        }

        JpegScan scan = new(chosen, isProgressive, first, last, isCorrection);
        int result = scan.Read(new JpegBits(jpeg, segments.Position), unitColumns, unitRows, restartInterval);
        if (result < 0)
        {
            return result == JpegScan.OutOfData && scan.IsAtTheEnd ? JpegEnding.CutOff : JpegEnding.Unknown;
        }

        segments.Position = scan.Position;
        chosen.ForEach(component => component.Sent(first, last, bit));
        return null;
    }

    private JpegCodes? Table(int number) => tables[number] is { } sent ? JpegCodes.Create(sent.AsSpan(0, 16), sent.AsSpan(16)) : null;

    private static int Share(int length, int part, int whole) => ((length * part) + whole - 1) / whole;
}

/// <summary>How a JPEG file ends.</summary>
internal enum JpegEnding
{
    /// <summary>With its end marker; more may follow.</summary>
    Marked,

    /// <summary>Without an end marker, but behind the whole image.</summary>
    Unmarked,

    /// <summary>Before its image does.</summary>
    CutOff,

    /// <summary>Without an end marker, and whether the image is whole cannot be told: it is damaged, or of a rare process.</summary>
    Unknown,
}
