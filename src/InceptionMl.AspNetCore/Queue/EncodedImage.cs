using System.Buffers;
using System.Numerics;

namespace InceptionMl.AspNetCore;

/// <summary>The bytes of one image in memory that its request accounts for, and that is given back when it has been scored.</summary>
internal sealed class EncodedImage : IDisposable
{
    private const int FirstRent = 1 << 16;

    // What is larger is made to measure and left to the collector: a pool would keep it, and round it up to twice as much.
    private const int LargestPooled = 1 << 22;

    private readonly ImageBatch batch;
    private byte[] rented = [];
    private int held;
    private int length;

    private EncodedImage(ImageBatch batch) => this.batch = batch;

    public ReadOnlyMemory<byte> Bytes => rented.AsMemory(0, length);

    /// <summary>Gets where the bytes are written.</summary>
    public Span<byte> Room => rented;

    /// <summary>Reads a stream to its end, or until it shows to be too long. Memory grows with what arrives, not with what was declared.</summary>
    /// <returns>Null where the stream holds more than <paramref name="maxBytes"/>.</returns>
    /// <exception cref="RequestRefusedException">The service holds as much as it may.</exception>
    public static async Task<EncodedImage?> ReadAsync(Stream stream, ImageBatch batch, int maxBytes, CancellationToken cancellationToken)
    {
        // One more tells what is too long.
        int most = maxBytes + 1;
        EncodedImage image = new(batch);
        try
        {
            image.Grow(Math.Min(FirstRent, most));
            while (await stream.ReadAsync(image.rented.AsMemory(image.length), cancellationToken).ConfigureAwait(false) is int read and > 0)
            {
                image.length += read;
                if (image.length > maxBytes)
                {
                    image.Dispose();
                    return null;
                }

                if (image.length == image.rented.Length)
                {
                    image.Grow((int)Math.Min(2L * image.length, most));
                }
            }
        }
        catch
        {
            image.Dispose();
            throw;
        }

        return image;
    }

    /// <summary>Memory for an image of at most so many bytes, to be written into <see cref="Room"/>.</summary>
    /// <exception cref="RequestRefusedException">The service holds as much as it may.</exception>
    public static EncodedImage Rent(ImageBatch batch, int mostBytes)
    {
        EncodedImage image = new(batch);
        image.Grow(Math.Max(mostBytes, 1));
        return image;
    }

    /// <summary>Says how many bytes were written.</summary>
    public void Filled(int bytes) => length = bytes;

    public void Dispose()
    {
        length = 0;
        GiveBack();
    }

    // Accounted for before it is taken.
    private void Grow(int capacity)
    {
        int size = capacity > LargestPooled ? capacity : (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        batch.TakeBytes(size);
        byte[] larger = size > LargestPooled ? GC.AllocateUninitializedArray<byte>(size) : ArrayPool<byte>.Shared.Rent(size);
        rented.AsSpan(0, length).CopyTo(larger);
        GiveBack();
        (rented, held) = (larger, size);
    }

    private void GiveBack()
    {
        if (held > 0 && held <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        batch.ReturnBytes(held);
        (rented, held) = ([], 0);
    }
}
