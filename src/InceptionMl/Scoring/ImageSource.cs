using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Scoring.Internal;

namespace InceptionMl.Scoring;

/// <summary>One image to score, read only when its turn comes.</summary>
public sealed class ImageSource
{
    private const string Unnamed = "image";

    private ImageSource(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>Gets the name under which its result is returned.</summary>
    public string Name { get; }

    /// <summary>Gets what a message about the image is about; null where nobody named it.</summary>
    internal Subject? Subject => Name == Unnamed ? null : new Subject(Name, Path);

    internal string? Path { get; private init; }

    internal ReadOnlyMemory<byte>? Bytes { get; private init; }

    internal Func<Stream>? Open { get; private init; }

    internal Func<CancellationToken, ValueTask<Stream>>? OpenAsync { get; private init; }

    internal string? Error { get; private init; }

    /// <summary>Gets what the caller attached; it comes back on <see cref="ScoringResult.Source"/>.</summary>
    /// <value>The default is null.</value>
    public object? Tag { get; private init; }

    /// <summary>Creates a source from an image file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="name">The name to report; null is the path.</param>
    public static ImageSource FromFile(string path, string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new ImageSource(name ?? path) { Path = path };
    }

    /// <summary>Creates a source from an encoded image in memory. The bytes must not change until the image is scored.</summary>
    /// <param name="bytes">The bytes of a JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="name">The name to report.</param>
    public static ImageSource FromBytes(ReadOnlyMemory<byte> bytes, string name = Unnamed) => new(name) { Bytes = bytes };

    /// <summary>
    /// Creates a source from an encoded image in a stream. The stream is opened when the image is scored, read synchronously to its end, and
    /// disposed. An exception while opening or reading it becomes the error of this image.
    /// </summary>
    /// <param name="open">Opens the stream; called once, on another thread. Null in its place is the image's error too.</param>
    /// <param name="name">The name to report.</param>
    public static ImageSource FromStream(Func<Stream> open, string name = Unnamed)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new ImageSource(name) { Open = open };
    }

    /// <summary>
    /// Creates a source from an encoded image that has to be waited for, such as one from a network. The stream is opened when the image's turn
    /// comes, read to its end and disposed; no thread is held meanwhile. What opening or reading it throws is the error of this image.
    /// </summary>
    /// <param name="open">Opens the stream; called once. Its token is canceled when nobody waits for the result any more.</param>
    /// <param name="name">The name to report.</param>
    /// <example>
    /// <code>
    /// ImageSource photo = ImageSource.FromStream(async token => await http.GetStreamAsync(address, token), address.ToString());
    /// </code>
    /// </example>
    public static ImageSource FromStream(Func<CancellationToken, ValueTask<Stream>> open, string name = Unnamed)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new ImageSource(name) { OpenAsync = open };
    }

    /// <summary>Creates a source that cannot be used, so that its error has its place among the results.</summary>
    /// <param name="name">The name to report.</param>
    /// <param name="error">What is wrong, as a fragment that follows the name; not empty.</param>
    public static ImageSource Unusable(string name, string error)
    {
        ArgumentException.ThrowIfNullOrEmpty(error);
        return new ImageSource(name) { Error = error };
    }

    /// <summary>Creates the same source with an object attached.</summary>
    /// <param name="tag">Anything; see <see cref="Tag"/>.</param>
    public ImageSource WithTag(object? tag) =>
        new(Name) { Path = Path, Bytes = Bytes, Open = Open, OpenAsync = OpenAsync, Error = Error, Tag = tag };

    /// <summary>Gets a source that can be read without waiting: this one, or its bytes.</summary>
    /// <exception cref="ImageRefusedException">The bytes cannot be read, or are too many.</exception>
    /// <exception cref="TimeoutException">The deadline passed meanwhile.</exception>
    internal async ValueTask<ImageSource> LoadAsync(long maxBytes, ScoringDeadline late, CancellationToken cancellationToken) => OpenAsync is null
        ? this
        : new ImageSource(Name) { Bytes = await ImageFileBuffer.ReadAsync(OpenAsync, Subject, maxBytes, late, cancellationToken).ConfigureAwait(false) };
}
