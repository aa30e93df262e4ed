using System.Text;

namespace InceptionMl.Backbones.Download;

/// <summary>
/// Walks a tar stream in one block of memory. The framework's reader allocates what a long-name record declares, which may be
/// gigabytes in a small archive; here such records are stepped over, since no member asked for has a long name.
/// </summary>
internal static class TarHeaders
{
    private const int Block = 512;

    /// <summary>Reads up to the first byte of a member and returns its length.</summary>
    /// <exception cref="InvalidDataException">There is no such member, it is no plain file, or this is no tar stream.</exception>
    public static async Task<long> SeekAsync(Stream tar, string member, long maxBytes, CancellationToken cancellationToken)
    {
        byte[] header = new byte[Block];
        for (long passed = 0; ;)
        {
            int read = await tar.ReadAtLeastAsync(header, Block, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (read == 0 || (read == Block && !header.AsSpan().ContainsAnyExcept((byte)0)))
            {
                throw new InvalidDataException($"it has no {member}");
            }

            RequireHeader(header, read);
            long length = Octal(header.AsSpan(124, 12));
            if (Name(header) == member)
            {
                return header[156] is 0 or (byte)'0' ? length : throw new InvalidDataException($"{member} is no plain file");
            }

            // What stands before the member may be as large as the member, all in all: a bomb ends here.
            long padded = (length + Block - 1) / Block * Block;
            passed += Block + padded;
            if (length > maxBytes || passed > maxBytes)
            {
                throw new InvalidDataException(FormattableString.Invariant($"more than {maxBytes:N0} bytes stand before {member}"));
            }

            await BoundedCopy.RunAsync(tar, Stream.Null, padded, maxBytes + Block, Name(header), cancellationToken).ConfigureAwait(false);
        }
    }

    private static void RequireHeader(ReadOnlySpan<byte> header, int read)
    {
        long sum = 8 * ' ';
        for (int i = 0; i < header.Length; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : header[i];
        }

        if (read < Block || Octal(header.Slice(148, 8)) != sum)
        {
            throw new InvalidDataException("it is no tar archive, or damaged");
        }
    }

    private static string Name(ReadOnlySpan<byte> header)
    {
        string name = Text(header[..100]);
        string prefix = header.Slice(257, 5).SequenceEqual("ustar"u8) && header[262] == 0 ? Text(header.Slice(345, 155)) : "";
        string whole = prefix.Length == 0 ? name : $"{prefix}/{name}";
        return whole.StartsWith("./", StringComparison.Ordinal) ? whole[2..] : whole;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (byte digit in field.Trim(" \0"u8))
        {
            // Base-256 numbers, of members over 8 GiB, end here too.
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? (value * 8) + digit - '0'
                : throw new InvalidDataException("a number in a tar header is not octal");
        }

        return value;
    }
}
