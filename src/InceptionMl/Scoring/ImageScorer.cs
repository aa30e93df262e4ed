using System.Runtime.CompilerServices;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring.Explanations;
using InceptionMl.Scoring.Internal;

namespace InceptionMl.Scoring;

/// <summary>
/// Scores images with a trained model. This type is thread-safe: open it once, use it from all threads, and dispose it when the
/// application ends. Images may be files, bytes or streams. ML.NET is not needed.
/// </summary>
public sealed class ImageScorer : IDisposable
{
    private readonly LoadedModel model;
    private int disposed;

    private ImageScorer(LoadedModel model)
    {
        this.model = model;
    }

    /// <summary>Gets what the model is and how it was made.</summary>
    public ModelCard Card => model.Card;

    /// <summary>Gets the model's label names, in the order of its classes.</summary>
    public IReadOnlyList<string> Labels => model.Rule.Labels.Names;

    /// <summary>
    /// Gets the version it serves, which every answer names; null if it was opened from a file or a stream and not through a
    /// <see cref="ReloadingImageScorer"/>.
    /// </summary>
    public string? ModelVersion => model.Rule.ModelVersion;

    /// <summary>The network and who holds it.</summary>
    internal SharedNetwork Network => model.Network;

    /// <summary>Opens a model zip.</summary>
    /// <param name="path">The zip written by training.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="timeProvider">The clock that the deadline goes by; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ModelFormatException">The message names the file and says what is wrong with it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageScorer Open(string path, ImageScorerOptions? options = null, TimeProvider? timeProvider = null) =>
        Open(path, options, timeProvider, version: null);

    /// <inheritdoc cref="Open(string, ImageScorerOptions?, TimeProvider?)"/>
    internal static ImageScorer Open(string path, ImageScorerOptions? options, TimeProvider? timeProvider, string? version)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw Subject.FromFile(path).Refuse("is a folder: name the model's zip file");
        }

        return new ImageScorer(LoadedModel.Open(ModelPackage.Read(path), options, timeProvider, version, Subject.FromFile(path)));
    }

    /// <summary>Opens a model zip from a stream that can seek; the stream may be closed afterwards.</summary>
    /// <param name="zip">The zip written by training.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="timeProvider">The clock that the deadline goes by; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ModelFormatException">The message says what is wrong with the model.</exception>
    public static ImageScorer Open(Stream zip, ImageScorerOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(zip);
        Subject subject = new("The model");
        return new ImageScorer(LoadedModel.Open(ModelPackage.Read(zip, subject), options, timeProvider, version: null, subject));
    }

    /// <summary>Scores an image file.</summary>
    /// <param name="path">The file; its content decides what it is, not its extension.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each step.</param>
    /// <exception cref="ImageRefusedException">The message names the file and the reason.</exception>
    /// <exception cref="TimeoutException">The deadline passed; the message names the file.</exception>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers: that is no fault of the image.</exception>
    public ScoredImage Score(string path, CancellationToken cancellationToken = default) =>
        Live().Score(ImageSource.FromFile(path), cancellationToken);

    /// <summary>Scores an encoded image in memory.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each step.</param>
    /// <exception cref="ImageRefusedException">The message says why the image cannot be read.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers: that is no fault of the image.</exception>
    public ScoredImage Score(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default) =>
        Live().Score(ImageSource.FromBytes(image), cancellationToken);

    /// <inheritdoc cref="Score(ReadOnlyMemory{byte}, CancellationToken)"/>
    public ScoredImage Score(byte[] image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Score(image.AsMemory(), cancellationToken);
    }

    /// <summary>
    /// Scores an encoded image in a stream, which is read to its end on the calling thread, synchronously, and left open. What the
    /// stream throws comes through as it is.
    /// </summary>
    /// <param name="image">A stream over a JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each step and each read; a read under way is waited for.</param>
    /// <exception cref="ImageRefusedException">The message says why the image cannot be read.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers: that is no fault of the image.</exception>
    public ScoredImage Score(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Live().Score(image, cancellationToken);
    }

    /// <summary>
    /// Scores many images on all workers, in order and in bounded memory. An image that cannot be read becomes a result with an
    /// error; the others are scored. Results that are being read are complete even if the scorer is disposed in the meantime.
    /// </summary>
    /// <param name="images">
    /// The images. They are read as fast as they are scored. An exception while reading ends the results, after those of the images before it.
    /// </param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <returns>One result per image, in the order of <paramref name="images"/>.</returns>
    /// <exception cref="ArgumentException">One of the images is null. The exception is thrown in its place among the results.</exception>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers: no image is at fault.</exception>
    public IAsyncEnumerable<ScoringResult> ScoreAsync(IEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        int workers = Live().Workers;
        return HeldAsync(token => OrderedParallel.SelectAsync(images, ScoreOrReportAsync, workers, token), cancellationToken);
    }

    /// <summary>
    /// Scores a stream of images on all workers, in order and in bounded memory. An image that cannot be read becomes a result with
    /// an error; the others are scored. Results that are being read are complete even if the scorer is disposed in the meantime.
    /// </summary>
    /// <param name="images">
    /// The images. At most four per worker are read ahead. The enumerator is canceled and disposed before the results end, also if
    /// you stop reading the results early or cancel. This waits at most half a second for an enumerator that ignores its token
    /// (<c>[EnumeratorCancellation]</c>). An exception of the enumerator ends the results, after those of the images before it.
    /// </param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <returns>One result per image, in the order of <paramref name="images"/>.</returns>
    /// <exception cref="ArgumentException">One of the images is null. The exception is thrown in its place among the results.</exception>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers: no image is at fault.</exception>
    public IAsyncEnumerable<ScoringResult> ScoreAsync(IAsyncEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        int workers = Live().Workers;
        return HeldAsync(token => OrderedParallel.SelectAsync(images, ScoreOrReportAsync, workers, token), cancellationToken);
    }

    /// <summary>Scores one image, whatever its source, without holding the calling thread.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is asked before each step and while a stream is waited for.</param>
    /// <exception cref="ImageRefusedException">The message names the image and the reason.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers: the image is not at fault.</exception>
    public async Task<ScoredImage> ScoreAsync(ImageSource image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using ImageScorer held = Share();
        return await model.ScoreAsync(image, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Scores a batch of images and returns when all are done, even if the scorer is disposed in the meantime.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <returns>One result per image, in the order of <paramref name="images"/>.</returns>
    /// <exception cref="ArgumentException">One of the images is null.</exception>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers: no image is at fault.</exception>
    public async Task<IReadOnlyList<ScoringResult>> ScoreBatchAsync(IReadOnlyCollection<ImageSource> images, CancellationToken cancellationToken = default)
    {
        List<ScoringResult> results = new(images?.Count ?? 0);
        await foreach (ScoringResult result in ScoreAsync(images!, cancellationToken).ConfigureAwait(false))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>Shows where in an image file the evidence for a label is. No deadline applies: occlusion runs the network many times.</summary>
    /// <param name="path">The file; its content decides what it is, not its extension.</param>
    /// <param name="label">The label to explain; null takes the most probable one.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each run of the network.</param>
    /// <exception cref="ImageRefusedException">The message names the file and the reason.</exception>
    /// <exception cref="UnknownLabelException">The model has no such label; the message names those most alike.</exception>
    public ImageExplanation Explain(string path, string? label = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Live().Explain(file => file.Read(path, Subject.FromFile(path)), Subject.FromFile(path), label, cancellationToken);
    }

    /// <summary>Shows where in an encoded image the evidence for a label is.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="label">The label to explain; null takes the most probable one.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each run of the network.</param>
    /// <exception cref="ImageRefusedException">The message says why the image cannot be read.</exception>
    /// <exception cref="UnknownLabelException">The model has no such label; the message names those most alike.</exception>
    public ImageExplanation Explain(ReadOnlyMemory<byte> image, string? label = null, CancellationToken cancellationToken = default) =>
        Live().Explain(_ => image, subject: null, label, cancellationToken);

    /// <summary>
    /// Scores a built-in image, so that the first real image finds libraries loaded, code compiled and memory allocated.
    /// </summary>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each step.</param>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers.</exception>
    public void WarmUp(CancellationToken cancellationToken = default) => Live().WarmUp(WarmUpImage.Jpeg(), cancellationToken);

    /// <summary>
    /// Writes statistics of the images scored so far: how many were given which label, how sure the model was, means and variances of their features, and the
    /// projected features of at most 500. Neither the order of the images nor the number of workers changes a byte.
    /// </summary>
    /// <param name="destination">The stream to write to; it is left open.</param>
    /// <exception cref="InvalidOperationException"><see cref="ImageScorerOptions.KeepStatistics"/> is not set.</exception>
    public void WriteStatistics(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write((Live().Statistics ?? throw new InvalidOperationException($"Set {nameof(ImageScorerOptions.KeepStatistics)} when the scorer is opened.")).ToBytes());
    }

    /// <summary>
    /// Rejects new calls, and releases the network when the last running call has ended. A batch, and results that are being read,
    /// are running calls.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            model.Network.Release();
        }
    }

    /// <summary>Creates another scorer on the same network, which is released when both are disposed.</summary>
    /// <exception cref="ObjectDisposedException">This one is disposed already.</exception>
    internal ImageScorer Share()
    {
        Live().Network.Retain();
        return new ImageScorer(model);
    }

    // From the first result asked for to the last, the network is there, whoever disposes this scorer meanwhile.
    private async IAsyncEnumerable<ScoringResult> HeldAsync(
        Func<CancellationToken, IAsyncEnumerable<ScoringResult>> score, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using ImageScorer held = Share();
        await foreach (ScoringResult result in score(cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private ValueTask<ScoringResult> ScoreOrReportAsync(ImageSource? image, CancellationToken cancellationToken) =>
        model.ScoreOrReportAsync(image ?? throw new ArgumentException("One of the images is null.", nameof(image)), cancellationToken);

    private LoadedModel Live()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        return model;
    }
}
