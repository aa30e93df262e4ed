using System.Runtime.CompilerServices;
using InceptionMl.Images;
using InceptionMl.Internal;

namespace InceptionMl.Scoring.Internal;

/// <summary>Reads image files whole into memory that is used again for the next.</summary>
public sealed class ImageFileBuffer(long maxBytes)
{
    // Photographs fit; what is larger is not kept for the life of a scorer.
    private const int KeptBytes = 16 << 20;
    private const string NoStream = "cannot be read: its source opened no stream";
    private const string NotRegular = "is not a regular file";

    private byte[] bytes = [];

    /// <summary>An image's bytes, wherever they are, valid until the next call.</summary>
    /// <exception cref="ImageRefusedException">They cannot be read, or are too many.</exception>
    /// <exception cref="TimeoutException">The deadline passed while a stream was read.</exception>
    public ReadOnlyMemory<byte> Read(ImageSource source, ScoringDeadline late, CancellationToken cancellationToken) => source switch
    {
        { Open: { } open } => Read(open, source.Subject, late, cancellationToken),
        { Bytes: { } inMemory } => inMemory,
        _ => Read(source.Path!, new Subject(source.Name, source.Path)),
    };

    /// <summary>Gets the file's bytes, valid until the next call.</summary>
    /// <exception cref="ImageRefusedException">It is missing, no file, too large, or cannot be read.</exception>
    public ReadOnlyMemory<byte> Read(string path, Subject image)
    {
        try
        {
            FileAttributes attributes = File.GetAttributes(path);
            if ((attributes & (FileAttributes.Directory | FileAttributes.Device)) != 0)
            {
                throw Unreadable("is a folder or no plain file: name one image", image);
            }

            if (!FileKind.IsRegular(path))
            {
                throw Unreadable(NotRegular, image);
            }

            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            return file.CanSeek ? Fill(file, file.Length, image) : throw Unreadable(NotRegular, image);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // A name in bytes that are no UTF-8 cannot be spelled in text, and so leads nowhere.
            throw Unreadable(path.Contains('\uFFFD') ? "has a name that is not UTF-8 and cannot be opened: rename it" : "does not exist", image, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Unreadable("may not be read by this user", image, exception);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            throw Unreadable($"cannot be read: {exception.Message.TrimEnd('.')}", image, exception);
        }
    }

    /// <summary>A stream's bytes from where it stands, valid until the next call.</summary>
    /// <exception cref="ImageRefusedException">It holds more than the limit.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public ReadOnlyMemory<byte> Read(Stream stream, Subject? image, ScoringDeadline late, CancellationToken cancellationToken)
    {
        int length = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            late.ThrowIfPassed(image);
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, Math.Max(1 << 16, length * 2));
            }

            int read = stream.Read(bytes, length, bytes.Length - length);
            if (read == 0)
            {
                return bytes.AsMemory(0, length);
            }

            length += read;
            RefuseAbove(length, image);
        }
    }

    /// <summary>Lets go of memory that an unusually large file took.</summary>
    public void Trim()
    {
        if (bytes.Length > KeptBytes)
        {
            bytes = [];
        }
    }

    /// <summary>Reads the bytes of a stream that has to be waited for.</summary>
    /// <exception cref="ImageRefusedException">They cannot be read, or are too many.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    internal static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        Func<CancellationToken, ValueTask<Stream>> open, Subject? image, long maxBytes, ScoringDeadline late, CancellationToken cancellationToken)
    {
        try
        {
            Stream stream = await open(cancellationToken).ConfigureAwait(false) ?? throw Unreadable(NoStream, image);
            await using ConfiguredAsyncDisposable _ = stream.ConfigureAwait(false);
            byte[] bytes = new byte[1 << 16];
            for (int length = 0; ;)
            {
                late.ThrowIfPassed(image);
                int read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return bytes.AsMemory(0, length);
                }

                length += read;
                RefuseAbove(length, maxBytes, image);
                if (length == bytes.Length)
                {
                    Array.Resize(ref bytes, length * 2);
                }
            }
        }
        catch (Exception exception) when (exception is not (ImageRefusedException or OutOfMemoryException))
        {
            throw Failed(exception, image, late, cancellationToken);
        }
    }

    private ReadOnlyMemory<byte> Read(Func<Stream> open, Subject? image, ScoringDeadline late, CancellationToken cancellationToken)
    {
        try
        {
            using Stream stream = open() ?? throw Unreadable(NoStream, image);
            return Read(stream, image, late, cancellationToken);
        }
        catch (Exception exception) when (exception is not (ImageRefusedException or OutOfMemoryException))
        {
            throw Failed(exception, image, late, cancellationToken);
        }
    }

    // A stream has time-outs and cancellations of its own: only where the caller's token or the deadline says so is it theirs.
    private static ImageRefusedException Failed(Exception exception, Subject? image, ScoringDeadline late, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        late.ThrowIfPassed(image);
        return Unreadable($"cannot be read: {exception.Message.TrimEnd('.')}", image, exception);
    }

    private ReadOnlyMemory<byte> Fill(FileStream file, long length, Subject image)
    {
        RefuseAbove(length, image);
        if (bytes.Length < length)
        {
            bytes = GC.AllocateUninitializedArray<byte>((int)Math.Max(1 << 16, length + (length / 4)));
        }

        int read = file.ReadAtLeast(bytes.AsSpan(0, (int)length), (int)length, throwOnEndOfStream: false);
        return bytes.AsMemory(0, read);
    }

    private void RefuseAbove(long length, Subject? image) => RefuseAbove(length, maxBytes, image);

    private static void RefuseAbove(long length, long maxBytes, Subject? image)
    {
        if (length > Math.Min(maxBytes, Array.MaxLength / 2))
        {
            throw RefusalText.TooManyBytes(image, length, maxBytes);
        }
    }

    private static ImageRefusedException Unreadable(string description, Subject? image, Exception? cause = null) =>
        new(description, image, cause) { Reason = ImageRefusal.Unreadable };
}
