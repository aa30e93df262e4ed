using System.Buffers.Binary;

namespace InceptionMl.Models.Internal;

/// <summary>The images that a model was fitted on, each by the first 8 bytes of its file's SHA-256.</summary>
public sealed class TrainedContents
{
    /// <summary>The most images that a zip lists.</summary>
    public const int MostInZip = 100_000;

    /// <summary>The bytes of one image.</summary>
    public const int PrefixLength = sizeof(ulong);

    private readonly ulong[] prefixes;

    private TrainedContents(ulong[] prefixes) => this.prefixes = prefixes;

    /// <summary>Gets the number of different images.</summary>
    public int Count => prefixes.Length;

    /// <summary>Lists images, each content once.</summary>
    /// <param name="contents">The first 8 bytes of each SHA-256, in any order.</param>
    public static TrainedContents Create(IEnumerable<ulong> contents) => new([.. contents.Distinct().Order()]);

    /// <summary>Reads a list; null where the bytes are none.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    public static TrainedContents? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % PrefixLength != 0)
        {
            return null;
        }

        ulong[] prefixes = new ulong[bytes.Length / PrefixLength];
        for (int i = 0; i < prefixes.Length; i++)
        {
            prefixes[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes[(i * PrefixLength)..]);
        }

        return Create(prefixes);
    }

    /// <summary>Determines whether an image was fitted on.</summary>
    /// <param name="content">The first 8 bytes of its SHA-256.</param>
    public bool Contains(ulong content) => Array.BinarySearch(prefixes, content) >= 0;

    /// <summary>Gets the list as bytes: in ascending order, each big-endian.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[prefixes.Length * PrefixLength];
        for (int i = 0; i < prefixes.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * PrefixLength), prefixes[i]);
        }

        return bytes;
    }
}
