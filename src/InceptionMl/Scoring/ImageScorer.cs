using InceptionMl.Images;
using InceptionMl.Models;

namespace InceptionMl.Scoring;

/// <summary>
/// Scores images with a trained model. Open it once, use it from any number of threads at once, dispose it when the application
/// ends. Needs neither ML.NET nor a file path: bytes and streams do.
/// </summary>
public sealed class ImageScorer : IDisposable
{
    private readonly FeatureNetwork network;
    private readonly LinearHead head;
    private readonly LabelIndex labels;
    private readonly ImagePreparer preparer;
    private readonly Lock gate = new();
    private readonly Stack<ScoringRoom> idle = [];
    private readonly ImageLimits limits;
    private readonly int workers;
    private int underWay;
    private bool disposed;

    private ImageScorer(ModelPackage package, FeatureNetwork network, ImageScorerOptions options)
    {
        this.network = network;
        Card = package.Card;
        head = package.Head;
        labels = new LabelIndex([.. package.Card.Classes]);
        limits = options.Limits;
        workers = options.Workers == 0 ? Environment.ProcessorCount : options.Workers;
        preparer = new ImagePreparer(
            new ImagePreprocessing(network.Width, network.Height) { Mode = Card.Preprocessing.Mode }, limits);
    }

    /// <summary>What the model is and how it was made.</summary>
    public ModelCard Card { get; }

    /// <summary>The model's label names, in the order of its classes.</summary>
    public IReadOnlyList<string> Labels => labels.Names;

    /// <summary>Opens a model zip.</summary>
    /// <param name="path">The zip written by training.</param>
    /// <param name="options">Null takes every default.</param>
    /// <exception cref="ModelFormatException">The message names the file and says what is wrong with it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageScorer Open(string path, ImageScorerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new ModelFormatException($"{path} is a folder: name the model's zip file");
        }

        try
        {
            return Open(ModelPackage.Read(path), options);
        }
        catch (ModelFormatException exception)
        {
            throw new ModelFormatException($"{path} {exception.Message}", exception);
        }
    }

    /// <summary>Opens a model zip from a stream that can seek; the stream may be closed afterwards.</summary>
    /// <param name="zip">The zip written by training.</param>
    /// <param name="options">Null takes every default.</param>
    /// <exception cref="ModelFormatException">The message says what is wrong with the model.</exception>
    public static ImageScorer Open(Stream zip, ImageScorerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(zip);
        return Open(ModelPackage.Read(zip), options);
    }

    /// <summary>Scores an image file.</summary>
    /// <param name="path">The file; its content decides what it is, not its extension.</param>
    /// <param name="cancellationToken">Asked before each step.</param>
    /// <exception cref="ImageRefusedException">The message names the file and the reason.</exception>
    public ScoredImage Score(string path, CancellationToken cancellationToken = default) =>
        Named(path, () => Score(ImageSource.FromFile(path), cancellationToken));

    /// <summary>Scores an encoded image in memory.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">Asked before each step.</param>
    /// <exception cref="ImageRefusedException">The message says why the image cannot be read.</exception>
    public ScoredImage Score(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default) =>
        Named("image", () => Score(ImageSource.FromBytes(image), cancellationToken));

    /// <inheritdoc cref="Score(ReadOnlyMemory{byte}, CancellationToken)"/>
    public ScoredImage Score(byte[] image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Score(image.AsMemory(), cancellationToken);
    }

    /// <summary>Scores an encoded image in a stream, which is read to its end and left open.</summary>
    /// <param name="image">A stream over a JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">Asked before each step.</param>
    /// <exception cref="ImageRefusedException">The message says why the image cannot be read.</exception>
    public ScoredImage Score(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Named("image", () => Use(room => Score(room, room.File.Read(image), cancellationToken)));
    }

    /// <summary>
    /// Scores many images on all workers, in order and in bounded memory. An image that cannot be read becomes a result with an
    /// error; the others go on.
    /// </summary>
    /// <param name="images">Read as fast as they are scored and no faster.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    /// <returns>One result an image, in the order of <paramref name="images"/>.</returns>
    public IAsyncEnumerable<ScoringResult> ScoreAsync(IEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
        }

        return OrderedParallel.SelectAsync(images, image => ScoreOrReport(image, cancellationToken), workers, cancellationToken);
    }

    /// <summary>Scores a batch of images and returns when all are done.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    /// <returns>One result an image, in the order of <paramref name="images"/>.</returns>
    public async Task<IReadOnlyList<ScoringResult>> ScoreBatchAsync(IReadOnlyCollection<ImageSource> images, CancellationToken cancellationToken = default)
    {
        List<ScoringResult> results = new(images?.Count ?? 0);
        await foreach (ScoringResult result in ScoreAsync(images!, cancellationToken).ConfigureAwait(false))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>Refuses new calls and releases the network when the last call under way is over.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            ReleaseIfOver();
        }
    }

    private static ImageScorer Open(ModelPackage package, ImageScorerOptions? options)
    {
        options ??= new ImageScorerOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Workers);
        FeatureNetwork network = FeatureNetwork.Open(package.Network, package.Head.Width, options.ConfigureSession);
        ModelPreprocessing preprocessing = package.Card.Preprocessing;
        if (preprocessing.Version != ImagePreprocessing.Version || preprocessing.Width != network.Width || preprocessing.Height != network.Height)
        {
            network.Dispose();
            throw new ModelFormatException("holds a model card whose preprocessing is not the network's, or of another version: train the model again");
        }

        return new ImageScorer(package, network, options);
    }

    private static ScoredImage Named(string name, Func<ScoredImage> score)
    {
        try
        {
            return score();
        }
        catch (ImageRefusedException exception)
        {
            throw new ImageRefusedException(exception.Reason, $"{name} {exception.Message}", exception);
        }
    }

    private ScoringResult ScoreOrReport(ImageSource source, CancellationToken cancellationToken)
    {
        try
        {
            return source.Error is null
                ? new ScoringResult(source.Name, Score(source, cancellationToken), Error: null)
                : new ScoringResult(source.Name, Image: null, source.Error);
        }
        catch (ImageRefusedException exception)
        {
            return new ScoringResult(source.Name, Image: null, exception.Message);
        }
        catch (Exception exception) when (exception is IOException
            || (source.Open is not null && exception is not (OperationCanceledException or OutOfMemoryException)))
        {
            return new ScoringResult(source.Name, Image: null, $"cannot be read: {exception.Message}");
        }
    }

    private ScoredImage Score(ImageSource source, CancellationToken cancellationToken) => Use(room =>
    {
        if (source.Open is not { } open)
        {
            return Score(room, source.Bytes ?? room.File.Read(source.Path!), cancellationToken);
        }

        using Stream stream = open();
        return Score(room, room.File.Read(stream), cancellationToken);
    });

    private ScoredImage Score(ScoringRoom room, ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        preparer.Prepare(encoded, room.Buffers.Rgb);
        cancellationToken.ThrowIfCancellationRequested();
        ImagePreparer.ToPlanar(room.Buffers.Rgb, room.Buffers.Planes);
        return Score(room);
    }

    private ScoredImage Score(ScoringRoom room)
    {
        network.Run(room.Buffers);
        float[] probabilities = new float[head.Classes];
        head.Probabilities(room.Buffers.Features, probabilities, Card.Temperature);
        int best = Array.IndexOf(probabilities, probabilities.Max());
        return new ScoredImage { Label = Labels[best], Probability = probabilities[best], Scores = new LabelScores(labels, probabilities) };
    }

    private ScoredImage Use(Func<ScoringRoom, ScoredImage> score)
    {
        ScoringRoom room = Enter();
        try
        {
            return score(room);
        }
        finally
        {
            Leave(room);
        }
    }

    private ScoringRoom Enter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            underWay++;
            if (idle.TryPop(out ScoringRoom? room))
            {
                return room;
            }
        }

        return new ScoringRoom(network, limits);
    }

    private void Leave(ScoringRoom room)
    {
        room.File.Trim();
        lock (gate)
        {
            underWay--;
            if (!disposed && idle.Count < Math.Max(workers, Environment.ProcessorCount))
            {
                idle.Push(room);
                return;
            }

            room.Dispose();
            ReleaseIfOver();
        }
    }

    private void ReleaseIfOver()
    {
        if (disposed && underWay == 0)
        {
            while (idle.TryPop(out ScoringRoom? room))
            {
                room.Dispose();
            }

            network.Dispose();
        }
    }
}
