using System.Buffers;

namespace InceptionMl.AspNetCore.Queue;

/// <summary>The bytes of one image in memory that is given back when it has been scored.</summary>
internal sealed class EncodedImage : IDisposable
{
    private const int FirstRent = 1 << 16;

    private byte[] rented;
    private int length;

    private EncodedImage(byte[] rented) => this.rented = rented;

    public ReadOnlyMemory<byte> Bytes => rented.AsMemory(0, length);

    /// <summary>Reads a stream to its end, or until it shows to be too long. Memory grows with what arrives, not with what was declared.</summary>
    /// <returns>Null where the stream holds more than <paramref name="maxBytes"/>.</returns>
    public static async Task<EncodedImage?> ReadAsync(Stream stream, long maxBytes, CancellationToken cancellationToken)
    {
        EncodedImage image = new(ArrayPool<byte>.Shared.Rent(FirstRent));
        try
        {
            while (true)
            {
                image.EnsureRoom();
                int read = await stream.ReadAsync(image.rented.AsMemory(image.length), cancellationToken).ConfigureAwait(false);
                image.length += read;
                if (read == 0 || image.length > maxBytes)
                {
                    break;
                }
            }
        }
        catch
        {
            image.Dispose();
            throw;
        }

        if (image.length <= maxBytes)
        {
            return image;
        }

        image.Dispose();
        return null;
    }

    /// <summary>Memory for an image of at most so many bytes, to be written into <see cref="Room"/>.</summary>
    public static EncodedImage Rent(int mostBytes) => new(ArrayPool<byte>.Shared.Rent(Math.Max(mostBytes, 1)));

    /// <summary>Where the bytes are written.</summary>
    public Span<byte> Room => rented;

    /// <summary>Says how many bytes were written.</summary>
    public void Filled(int bytes) => length = bytes;

    public void Dispose()
    {
        byte[] returned = rented;
        rented = [];
        length = 0;
        if (returned.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(returned);
        }
    }

    private void EnsureRoom()
    {
        if (length < rented.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(rented.Length * 2);
        rented.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(rented);
        rented = larger;
    }
}
