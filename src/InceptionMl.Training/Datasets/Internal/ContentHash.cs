using System.Buffers.Binary;
using System.Security.Cryptography;

namespace InceptionMl.Training.Datasets.Internal;

/// <summary>The SHA-256 of a file's bytes: what an image is, whatever it is called.</summary>
public readonly record struct ContentHash(UInt128 High, UInt128 Low) : IComparable<ContentHash>
{
    /// <summary>Gets the first 8 bytes, big-endian: an even draw from 0 to 2^64 - 1 that the split is made by.</summary>
    public ulong Draw => (ulong)(High >> 64);

    /// <summary>Hashes a file's bytes.</summary>
    /// <param name="file">The bytes.</param>
    public static ContentHash Compute(ReadOnlySpan<byte> file) => FromBytes(SHA256.HashData(file));

    /// <summary>A hash from its 32 bytes.</summary>
    /// <param name="hash">32 bytes.</param>
    /// <exception cref="ArgumentException">There are not 32.</exception>
    public static ContentHash FromBytes(ReadOnlySpan<byte> hash) => hash.Length == SHA256.HashSizeInBytes
        ? new ContentHash(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]))
        : throw new ArgumentException($"A SHA-256 has 32 bytes; these are {hash.Length}.", nameof(hash));

    /// <inheritdoc/>
    public int CompareTo(ContentHash other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x32}{Low:x32}";

    /// <summary>Whether one hash comes before another.</summary>
    public static bool operator <(ContentHash left, ContentHash right) => left.CompareTo(right) < 0;

    /// <summary>Whether one hash comes after another.</summary>
    public static bool operator >(ContentHash left, ContentHash right) => left.CompareTo(right) > 0;

    /// <summary>Whether one hash comes before another or is the same.</summary>
    public static bool operator <=(ContentHash left, ContentHash right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one hash comes after another or is the same.</summary>
    public static bool operator >=(ContentHash left, ContentHash right) => left.CompareTo(right) >= 0;
}
