using InceptionMl.Images.Internal;
using InceptionMl.Internal;
using InceptionMl.Scoring;

namespace InceptionMl.Batch;

/// <summary>
/// A kind of argument that a batch is read from, such as zip archives. <see cref="BatchOptions.Sources"/> lists the known ones; add your own there.
/// </summary>
/// <example><code>
/// BatchOptions options = new();
/// options.Sources.Insert(0, new TarArchives());   // your own implementation
/// </code></example>
public interface IBatchSource
{
    /// <summary>
    /// Determines whether a file's name is one of this source, as <c>a.zip</c> is by its ending. Nothing is opened. Such a file in a folder of images is
    /// counted as not looked into, and a pattern such as <c>*.zip</c> stands for the files that match.
    /// </summary>
    /// <param name="path">The path of a file.</param>
    public bool HasName(string path);

    /// <summary>Determines whether an argument is read by this source. It may look at the first bytes of a file.</summary>
    /// <param name="argument">The argument as given.</param>
    public bool CanRead(string argument);

    /// <summary>Looks at an argument before anything is scored, so that a mistake is known then.</summary>
    /// <param name="argument">An argument that <see cref="CanRead"/> accepted.</param>
    /// <param name="options">The options of the batch.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="DatasetException">It cannot be read with these options. The default implementation finds nothing wrong.</exception>
    public Task CheckAsync(string argument, BatchOptions options, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Enumerates the images lazily. What is wrong with one image is an input with an error. An <see cref="InvalidDataException"/> or
    /// <see cref="IOException"/> ends this argument alone, as one more such input.
    /// </summary>
    /// <param name="argument">An argument that <see cref="CanRead"/> accepted.</param>
    /// <param name="options">The options of the batch.</param>
    /// <param name="tally">The counter of what is ignored.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public IAsyncEnumerable<BatchInput> ReadAsync(string argument, BatchOptions options, InputTally tally, CancellationToken cancellationToken);
}

/// <summary>Files, folders and patterns of images: what is no other source's.</summary>
internal sealed class ImageFiles : IBatchSource
{
    public bool HasName(string path) => false;

    public bool CanRead(string argument) => true;

    public IAsyncEnumerable<BatchInput> ReadAsync(string argument, BatchOptions options, InputTally tally, CancellationToken cancellationToken) =>
        ImageInputs.Expand(argument, tally, options.IsNamedAsSource, cancellationToken).Select(Input).ToAsyncEnumerable();

    private static BatchInput Input(ImageInput image) => image.Error is null
        ? new BatchInput(ImageSource.FromFile(image.FullPath, image.Path))
        : BatchInput.Unusable(image.Path, image.Error);
}

/// <summary>Tells tables and archives by their first bytes, and text tables by their extension.</summary>
internal static class TableFile
{
    /// <summary>Determines whether an argument may be a table or an archive. What is no regular file is named as such where images are read.</summary>
    public static bool IsPossible(string argument) =>
        File.Exists(argument) && !ImageSignature.HasImageExtension(argument) && FileKind.IsRegular(argument);

    public static bool HasExtension(string path, params ReadOnlySpan<string> extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    public static bool IsZip(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6];

    public static bool IsParquet(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'A', (byte)'R', (byte)'1'];

    public static byte[] Head(string path)
    {
        try
        {
            byte[] head = new byte[4];
            using FileStream file = File.OpenRead(path);
            return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
