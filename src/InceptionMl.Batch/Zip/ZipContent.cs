using System.IO.Compression;
using System.IO.Hashing;
using InceptionMl.Zip;
using Microsoft.Win32.SafeHandles;

namespace InceptionMl.Batch;

/// <summary>Reads the content of an archive's entries into memory; the limits stand before it is taken.</summary>
internal sealed class ZipContent(SafeFileHandle file, ZipDirectory directory, BatchOptions options)
{
    private const int Stored = 0;
    private const int Deflated = 8;
    private const long SmallEntry = 1 << 20;
    private const string Damaged = "is damaged in the archive";

    /// <summary>An entry's first bytes, at most <paramref name="count"/>; none if it cannot be read.</summary>
    public ReadOnlySpan<byte> Head(ZipRecord record, int count)
    {
        if (record.IsEncrypted || record.Method is not (Stored or Deflated))
        {
            return [];
        }

        try
        {
            byte[] head = new byte[count];
            using Stream content = Open(record);
            return head.AsSpan(0, content.ReadAtLeast(head, count, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>An entry's content.</summary>
    /// <exception cref="InvalidDataException">The message is the rest of a sentence that starts with the entry's name.</exception>
    public byte[] Read(ZipRecord record)
    {
        Refuse(record);
        byte[] bytes = new byte[record.Length];
        using Stream content = Open(record);
        int read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read < bytes.Length ? throw new InvalidDataException(FormattableString.Invariant($"{Damaged}: it ends after {read:N0} of {bytes.Length:N0} bytes"))
            : content.ReadByte() >= 0 ? throw new InvalidDataException(FormattableString.Invariant($"{Damaged}: it holds more than the {bytes.Length:N0} bytes it states"))
            : Crc32.HashToUInt32(bytes) == record.Crc ? bytes
            : throw new InvalidDataException($"{Damaged}: its bytes have not the checksum that the archive gives them");
    }

    private void Refuse(ZipRecord record)
    {
        string? refusal = record.IsEncrypted ? "is encrypted: unpack the archive with its password"
            : record.Method is not (Stored or Deflated)
                ? FormattableString.Invariant($"is packed by method {record.Method}, which is not read: pack the archive again as usual (deflate)")
            : record.Length > options.Limits.MaxFileBytes
                ? FormattableString.Invariant($"states {record.Length:N0} bytes, more than the limit of {options.Limits.MaxFileBytes:N0}")
            : record.Length > SmallEntry && record.Length / options.MaxCompressionRatio > record.Packed
                ? FormattableString.Invariant($"states {record.Length:N0} bytes out of {record.Packed:N0}, as a zip bomb does")
            : null;
        if (refusal is not null)
        {
            throw new InvalidDataException(refusal);
        }
    }

    private Stream Open(ZipRecord record)
    {
        byte[] bytes = new byte[ZipLocalHeader.FixedLength];
        ZipLocalHeader header = new(bytes);
        if (directory.Offset - record.Offset < bytes.Length || new FileWindow(file, record.Offset, bytes.Length).ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length
            || !header.IsValid)
        {
            throw new InvalidDataException($"{Damaged}: it does not stand where the archive says");
        }

        if (record.Packed > directory.Offset - record.Offset - header.Length)
        {
            throw new InvalidDataException($"{Damaged}: it reaches beyond the archive's content");
        }

        FileWindow packed = new(file, record.Offset + header.Length, record.Packed);
        return record.Method == Stored ? packed : new DeflateStream(packed, CompressionMode.Decompress);
    }
}
