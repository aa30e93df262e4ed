using System.Buffers.Binary;

namespace InceptionMl.Images.Containers;

/// <summary>Walks the segments of a JPEG file, over the coded data between them, as far as they are whole.</summary>
/// <param name="jpeg">A file that begins with the signature of JPEG.</param>
internal ref struct JpegSegments(ReadOnlySpan<byte> jpeg)
{
    public const byte App1 = 0xE1;
    public const byte StartOfScan = 0xDA;
    public const byte EndOfImage = 0xD9;
    public const byte HuffmanTables = 0xC4;
    public const byte RestartInterval = 0xDD;
    private const byte Fill = 0xFF;
    private const int StartOfImageBytes = 2;

    private readonly ReadOnlySpan<byte> file = jpeg;

    /// <summary>Gets the second byte of the segment's marker.</summary>
    public byte Marker { get; private set; }

    /// <summary>Gets what is in the segment; nothing for the end of the image.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Gets or sets where the segment ends and, behind the header of a scan, its coded data begin. May be moved on.</summary>
    public int Position { get; set; } = StartOfImageBytes;

    /// <summary>Whether the marker begins a frame: an image of any of JPEG's processes.</summary>
    public readonly bool IsFrame => Marker is >= 0xC0 and <= 0xCF and not (HuffmanTables or 0xC8 or 0xCC);

    /// <summary>Determines whether a marker's second byte is that of a restart marker.</summary>
    public static bool IsRestart(byte marker) => marker is >= 0xD0 and <= 0xD7;

    /// <summary>Goes to the next segment; false behind the last that is whole.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            int marker = file[Position..].IndexOf(Fill);
            if (marker < 0)
            {
                return false;
            }

            Position += marker;
            int filled = file[Position..].IndexOfAnyExcept(Fill);
            if (filled < 0)
            {
                return false;
            }

            Position += filled + 1;
            Marker = file[Position - 1];
            if (Marker is 0 or 0x01 or 0xD8 || IsRestart(Marker))
            {
                continue;
            }

            Content = default;
            return Marker == EndOfImage || TryReadContent();
        }
    }

    private bool TryReadContent()
    {
        if (file.Length - Position < sizeof(ushort))
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(file[Position..]);
        if (length < sizeof(ushort) || length > file.Length - Position)
        {
            return false;
        }

        Content = file.Slice(Position + sizeof(ushort), length - sizeof(ushort));
        Position += length;
        return true;
    }
}
