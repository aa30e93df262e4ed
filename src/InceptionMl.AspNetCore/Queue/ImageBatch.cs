using System.Diagnostics;
using InceptionMl.Images;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;

namespace InceptionMl.AspNetCore;

/// <summary>
/// One request's images from admission to the answer. All are scored with the model that was served when the request was
/// admitted. What it holds is given back when it is disposed and its last image has left the queue.
/// </summary>
internal sealed class ImageBatch : IDisposable
{
    // As large as a page shows it; the time it takes grows with its square.
    private const int OverlaySide = 640;

    private readonly ScoringQueue queue;
    private readonly Admission admission;
    private readonly ImageScorer model;
    private readonly ImageScoringOptions options;
    private readonly TimeProvider time;
    private readonly CancellationToken cancellationToken;
    private readonly List<(string Name, Task<ImageResult> Result)> images = [];
    private long bytes;
    private int holders = 1;

    /// <param name="queue">Where images go.</param>
    /// <param name="admission">What may be under way.</param>
    /// <param name="model">The model, acquired for this request; disposed with its last image.</param>
    /// <param name="options">The scorer's settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Canceled where the answer is no longer wanted.</param>
    public ImageBatch(
        ScoringQueue queue, Admission admission, ImageScorer model, ImageScoringOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        this.queue = queue;
        this.admission = admission;
        this.model = model;
        this.options = options;
        this.time = time;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>Gets the version that scores this request's images.</summary>
    public string ModelVersion => model.ModelVersion!;

    /// <summary>Gets the labels of the model that scores them.</summary>
    public IReadOnlyList<string> Labels => model.Labels;

    /// <summary>Gets a value that indicates whether the request asks what its scores rest on.</summary>
    public bool Explains { get; init; }

    /// <summary>Gets a value that indicates whether no image more may come.</summary>
    public bool IsFull => Count == (Explains ? Math.Min(options.MaxImages, options.MostExplained) : options.MaxImages);

    /// <summary>Gets the number of images so far, refused ones among them.</summary>
    public int Count => images.Count;

    /// <summary>Accounts for memory that is about to be held.</summary>
    /// <exception cref="RequestRefusedException">The service holds as much as it may.</exception>
    public void TakeBytes(int count)
    {
        if (!admission.TryTakeBytes(count, ref bytes))
        {
            throw RequestRefusedException.Overloaded();
        }
    }

    /// <summary>Accounts for memory that is held no more.</summary>
    public void ReturnBytes(int count) => admission.ReturnBytes(count, ref bytes);

    /// <summary>Hands an image to the workers, which dispose it.</summary>
    /// <exception cref="RequestRefusedException">The queue is full, or the service is stopping.</exception>
    public void Add(string name, EncodedImage image)
    {
        try
        {
            images.Add((name, Enqueue(image.Bytes, image.Dispose)));
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>Hands an image of the caller's to the workers.</summary>
    /// <exception cref="RequestRefusedException">The queue is full, or the service is stopping.</exception>
    public Task<ImageResult> Add(ReadOnlyMemory<byte> image) => Enqueue(image, static () => { });

    /// <summary>Keeps the place of an image that was refused before it came to the workers.</summary>
    public void AddRefused(string name, string error, ImageRefusal reason)
    {
        images.Add((name, Task.FromResult(ImageResult.Refused(error, reason))));
        queue.CountRefused(ModelVersion);
    }

    /// <summary>Gets the results in the order of the request's images.</summary>
    public async Task<IReadOnlyList<(string Name, ImageResult Result)>> ResultsAsync()
    {
        await Task.WhenAll(images.Select(i => i.Result)).WaitAsync(cancellationToken).ConfigureAwait(false);
        List<(string, ImageResult)> results = new(images.Count);
        foreach ((string name, Task<ImageResult> result) in images)
        {
            results.Add((name, await result.ConfigureAwait(false)));
        }

        return results;
    }

    public void Dispose() => Release();

    private Task<ImageResult> Enqueue(ReadOnlyMemory<byte> image, Action dispose)
    {
        int counts = Explains ? options.PlacesOfExplained : 1;
        if (!admission.TryTakeImage(counts))
        {
            throw RequestRefusedException.Overloaded();
        }

        Interlocked.Increment(ref holders);
        QueuedImage queued = new(token => Score(image, token), cancellationToken)
        {
            ModelVersion = ModelVersion,
            Parent = Activity.Current?.Context ?? default,
            Accepted = time.GetTimestamp(),
            Over = () =>
            {
                dispose();
                admission.ReturnImage(counts);
                Release();
            },
        };
        if (queue.TryAdd(queued))
        {
            return queued.Result;
        }

        admission.ReturnImage(counts);
        Release();
        throw RequestRefusedException.Stopping();
    }

    private ImageResult Score(ReadOnlyMemory<byte> image, CancellationToken token)
    {
        ImageResult result = ImageResult.Scored(options.Score(model, image, token));
        if (!Explains)
        {
            return result;
        }

        ImageExplanation explanation = model.Explain(image, result.Image!.Label, token);
        return result with { Explained = new ExplainedImage(explanation, HeatOverlay.Png(image, explanation, options.ToImageLimits(), OverlaySide)) };
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref holders) == 0)
        {
            // Of memory that could not be had after all.
            admission.ReturnBytes(bytes, ref bytes);
            model.Dispose();
        }
    }
}
