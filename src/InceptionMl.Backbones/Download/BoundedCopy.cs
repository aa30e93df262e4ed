using System.IO.Hashing;

namespace InceptionMl.Backbones.Download;

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
