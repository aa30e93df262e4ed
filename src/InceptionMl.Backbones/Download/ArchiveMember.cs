using System.IO.Compression;
using System.IO.Hashing;
using InceptionMl.Internal;

namespace InceptionMl.Backbones.Download;

/// <summary>Takes one named file out of a <c>.zip</c> or <c>.tar.gz</c>; nothing in the archive decides where anything is written.</summary>
public static class ArchiveMember
{
    /// <summary>Extracts a member; the destination appears whole or not at all.</summary>
    /// <param name="archivePath">The archive; its name ends in <c>.zip</c>, <c>.tar.gz</c> or <c>.tgz</c>.</param>
    /// <param name="member">The member's whole name in the archive, with <c>/</c> between folders.</param>
    /// <param name="destinationPath">The file to write.</param>
    /// <param name="maxBytes">The largest member taken, whatever the archive says of its size.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BackboneException">The archive is damaged, has no such member, or the member is no plain file of an allowed size.</exception>
    public static async Task ExtractAsync(
        string archivePath, string member, string destinationPath, long maxBytes = 1L << 30, CancellationToken cancellationToken = default)
    {
        try
        {
            FileStream archive = File.OpenRead(archivePath);
            await using (archive.ConfigureAwait(false))
            {
                await AtomicFile.WriteAsync(destinationPath, target => archivePath.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
                    ? FromZipAsync(archive, member, target, maxBytes, cancellationToken)
                    : FromTarGzipAsync(archive, archivePath, member, target, maxBytes, cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new BackboneException($"{archivePath} cannot be unpacked: {exception.Message.TrimEnd('.')}", exception) { Path = archivePath };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"{member} of {archivePath} cannot be unpacked to {destinationPath}: {exception.Message.TrimEnd('.')}", exception) { Path = archivePath };
        }
    }

    private static async Task FromZipAsync(Stream archive, string member, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        using ZipArchive zip = new(archive, ZipArchiveMode.Read, leaveOpen: true);
        ZipArchiveEntry[] found = [.. zip.Entries.Where(entry => entry.FullName == member)];
        if (found is not [ZipArchiveEntry only])
        {
            throw new InvalidDataException(found.Length == 0 ? $"it has no {member}" : $"it has more than one {member}");
        }

        // The upper half is the Unix mode where a Unix tool made the archive: 0 where none did.
        int kind = (only.ExternalAttributes >> 16) & 0xF000;
        if (kind is not (0 or 0x8000))
        {
            throw new InvalidDataException($"{member} is no plain file");
        }

        Stream content = await only.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            uint crc = await BoundedCopy.RunAsync(content, target, only.Length, maxBytes, member, cancellationToken).ConfigureAwait(false);
            if (crc != only.Crc32)
            {
                // The framework cuts a member off at its declared length, so that a lie about that shows only here.
                throw new InvalidDataException($"the bytes of {member} have not the checksum that the archive gives them");
            }
        }
    }

    private static async Task FromTarGzipAsync(
        Stream archive, string archivePath, string member, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        if (!archivePath.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) && !archivePath.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException("only .zip, .tar.gz and .tgz can be");
        }

        GZipStream tar = new(archive, CompressionMode.Decompress, leaveOpen: true);
        await using (tar.ConfigureAwait(false))
        {
            long length = await TarHeaders.SeekAsync(tar, member, maxBytes, cancellationToken).ConfigureAwait(false);
            await BoundedCopy.RunAsync(tar, target, length, maxBytes, member, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>Copies as many bytes as an archive declares, and no more than are allowed; gives their CRC-32.</summary>
internal static class BoundedCopy
{
    /// <exception cref="InvalidDataException">Too many bytes are declared, or fewer come than declared.</exception>
    public static async Task<uint> RunAsync(
        Stream source, Stream target, long declared, long maxBytes, string member, CancellationToken cancellationToken)
    {
        if (declared < 0 || declared > maxBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{member} has {declared:N0} bytes, and at most {maxBytes:N0} are taken"));
        }

        Crc32 crc = new();
        byte[] buffer = new byte[1 << 16];
        for (long left = declared; left > 0;)
        {
            int read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new InvalidDataException(FormattableString.Invariant($"{member} ends {left:N0} bytes before its {declared:N0} bytes are over"));
            }

            left -= read;
            crc.Append(buffer.AsSpan(0, read));
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return crc.GetCurrentHashAsUInt32();
    }
}
