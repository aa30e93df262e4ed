using System.Buffers.Binary;
using System.IO.Hashing;

namespace InceptionMl.Scoring.Explanations.Internal;

/// <summary>What tells an overlay from an image that somebody took: a text chunk right behind the PNG file's header.</summary>
public static class OverlayMark
{
    /// <summary>Gets how much of a file <see cref="IsOn"/> looks at.</summary>
    public static int HeadLength => Place + LengthAndType + Text.Length;

    // The signature, and the header's length, type, 13 bytes and checksum.
    private const int Place = 8 + 4 + 4 + 13 + 4;
    private const int LengthAndType = 8;

    private static ReadOnlySpan<byte> Type => "tEXt"u8;

    private static ReadOnlySpan<byte> Text => "Software\0InceptionMl explanation"u8;

    /// <summary>Gets the file with the mark.</summary>
    public static byte[] Add(ReadOnlySpan<byte> png)
    {
        byte[] chunk = [.. new byte[4], .. Type, .. Text, .. new byte[4]];
        BinaryPrimitives.WriteInt32BigEndian(chunk, Text.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(chunk.AsSpan(4, Type.Length + Text.Length)));
        return [.. png[..Place], .. chunk, .. png[Place..]];
    }

    /// <summary>Determines whether a file carries it.</summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes.</param>
    public static bool IsOn(ReadOnlySpan<byte> head) =>
        head.Length >= HeadLength && head[(Place + 4)..].StartsWith(Type) && head[(Place + LengthAndType)..].StartsWith(Text);
}
