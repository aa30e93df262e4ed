using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>
/// What the images of a version look like, as <c>fingerprints.bin</c> beside its model keeps it: by it near-copies are known again whose files
/// are others. The file has a header, the contents that are drawn by others' hashes, the rule that fingerprints were computed by, the number of
/// images and, compressed, the SHA-256 and the fingerprint of each.
/// </summary>
internal static class VersionFingerprints
{
    /// <summary>The most images that a file is written for.</summary>
    public const int Most = 100_000;

    private const int HashBytes = 32;
    private const int LongestRule = 1000;
    private const long LargestFile = 1L << 30;

    private static ReadOnlySpan<byte> Header => "IMFP\u0001"u8;

    /// <summary>Writes the file into the folder of a version that is being published; of more than <see cref="Most"/> images none is written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="hashes">The content of each image.</param>
    /// <param name="fingerprints">What each looks like; none where near-copies do not count, and then no file is written.</param>
    /// <param name="origins">The content of the image that another stands for, by its own.</param>
    public static void Write(
        string folder, IReadOnlyList<ContentHash> hashes, IReadOnlyList<ImageFingerprint> fingerprints, IReadOnlyDictionary<ContentHash, ContentHash> origins)
    {
        SortedDictionary<ContentHash, ImageFingerprint> images = [];
        for (int i = 0; i < fingerprints.Count; i++)
        {
            images.TryAdd(hashes[i], fingerprints[i]);
        }

        if (images.Count is 0 or > Most)
        {
            return;
        }

        using FileStream file = File.Create(Path.Combine(folder, RegistryFolder.FingerprintsFile));
        (ContentHash Twin, ContentHash Origin)[] twins = [.. images.Keys.Where(origins.ContainsKey).Select(hash => (hash, origins[hash]))];
        byte[] rule = Encoding.UTF8.GetBytes(ImageFingerprint.CanonicalRule);
        file.Write(Header);
        WriteNumber(file, twins.Length);
        foreach ((ContentHash twin, ContentHash origin) in twins)
        {
            WriteHash(file, twin);
            WriteHash(file, origin);
        }

        WriteNumber(file, rule.Length);
        file.Write(rule);
        WriteNumber(file, images.Count);
        using DeflateStream compressed = new(file, CompressionLevel.Fastest);
        foreach ((ContentHash content, ImageFingerprint fingerprint) in images)
        {
            WriteHash(compressed, content);
            compressed.Write(fingerprint.ToBytes());
        }
    }

    /// <summary>Reads the fingerprints of a version; none where it has no such file, a damaged one, or one by another rule.</summary>
    public static IReadOnlyList<(ContentHash Hash, ImageFingerprint Fingerprint)> Read(ModelVersion version) => Read(version, ReadImages);

    /// <summary>Reads which contents of a version stand for others; none where it has no such file or a damaged one.</summary>
    public static IReadOnlyList<(ContentHash Twin, ContentHash Origin)> ReadOrigins(ModelVersion version) => Read(version, ReadTwins);

    private static List<T> Read<T>(ModelVersion version, Func<Stream, List<T>> read)
    {
        RegistryFolder files = RegistryFolder.Around(version.Folder);
        try
        {
            using FileStream? file = files.Open(Path.Combine(files.Version(version.Version), RegistryFolder.FingerprintsFile), LargestFile);
            return file is null ? [] : read(file);
        }
        catch (Exception exception) when (exception is RegistryException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [];
        }
    }

    private static List<(ContentHash Twin, ContentHash Origin)> ReadTwins(Stream file)
    {
        byte[] header = new byte[Header.Length];
        file.ReadExactly(header);
        int count = ReadNumber(file);
        if (!header.AsSpan().SequenceEqual(Header) || count is < 0 or > Most)
        {
            throw new InvalidDataException("This is no file of fingerprints.");
        }

        List<(ContentHash, ContentHash)> twins = [];
        byte[] pair = new byte[2 * HashBytes];
        for (int i = 0; i < count; i++)
        {
            file.ReadExactly(pair);
            twins.Add((ContentHash.FromBytes(pair.AsSpan(0, HashBytes)), ContentHash.FromBytes(pair.AsSpan(HashBytes))));
        }

        return twins;
    }

    private static List<(ContentHash Hash, ImageFingerprint Fingerprint)> ReadImages(Stream file)
    {
        ReadTwins(file);
        int length = ReadNumber(file);
        if (length is < 0 or > LongestRule)
        {
            return [];
        }

        byte[] rule = new byte[length];
        file.ReadExactly(rule);
        int count = ReadNumber(file);
        if (Encoding.UTF8.GetString(rule) != ImageFingerprint.CanonicalRule || count is < 0 or > Most)
        {
            return [];
        }

        List<(ContentHash, ImageFingerprint)> images = [];
        using DeflateStream compressed = new(file, CompressionMode.Decompress);
        byte[] image = new byte[HashBytes + ImageFingerprint.Bytes];
        for (int i = 0; i < count; i++)
        {
            compressed.ReadExactly(image);
            images.Add((ContentHash.FromBytes(image.AsSpan(0, HashBytes)), ImageFingerprint.FromBytes(image.AsSpan(HashBytes))));
        }

        return images;
    }

    private static void WriteNumber(Stream file, int value)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, value);
        file.Write(number);
    }

    private static void WriteHash(Stream file, ContentHash content)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        BinaryPrimitives.WriteUInt128BigEndian(hash, content.High);
        BinaryPrimitives.WriteUInt128BigEndian(hash[(HashBytes / 2)..], content.Low);
        file.Write(hash);
    }

    private static int ReadNumber(Stream file)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        file.ReadExactly(number);
        return BinaryPrimitives.ReadInt32LittleEndian(number);
    }
}
