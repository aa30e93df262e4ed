using System.Runtime.CompilerServices;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;

namespace InceptionMl.Scoring.Internal;

/// <summary>
/// Images through one network: read, prepared and run, by any number of threads at once. Disposing it refuses new calls and
/// releases the network when the last call under way is over.
/// </summary>
public sealed class ImageInference : IDisposable
{
    private readonly SharedNetwork shared;
    private readonly ImagePreparer preparer;
    private readonly int workers;
    private bool disposed;

    /// <summary>Takes the network over.</summary>
    /// <param name="network">The network.</param>
    /// <param name="preprocessing">How images are prepared for it.</param>
    /// <param name="limits">Held against each image before it is decoded.</param>
    /// <param name="workers">How many images a batch works on at once; 0 is one a processor.</param>
    public ImageInference(FeatureNetwork network, ImagePreprocessing preprocessing, ImageLimits limits, int workers)
    {
        this.workers = workers == 0 ? Environment.ProcessorCount : workers;
        shared = new SharedNetwork(network, limits, Math.Max(this.workers, Environment.ProcessorCount));
        preparer = new ImagePreparer(preprocessing, limits);
    }

    /// <summary>Runs one image.</summary>
    /// <param name="source">The image.</param>
    /// <param name="read">Makes the result of the network's output, which is valid during the call only.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each step.</param>
    /// <exception cref="ImageRefusedException">The message is a fragment that follows the image's name.</exception>
    /// <exception cref="ModelFormatException">ONNX Runtime fails on the network.</exception>
    public T Run<T>(ImageSource source, Func<ReadOnlySpan<float>, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed), this);
        return Use(source, read, cancellationToken);
    }

    /// <summary>
    /// Runs many images on all workers, in order and in bounded memory. An image that cannot be read is reported with its error;
    /// the others go on, and so they do where this is disposed meanwhile.
    /// </summary>
    /// <param name="sources">Read as fast as they are run and no faster.</param>
    /// <param name="read">Makes the result of the network's output, which is valid during the call only.</param>
    /// <param name="report">Takes an image's name and either its result or what is wrong with it.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public IAsyncEnumerable<TReport> RunAllAsync<T, TReport>(
        IEnumerable<ImageSource> sources, Func<ReadOnlySpan<float>, T> read, Func<string, T?, string?, TReport> report, CancellationToken cancellationToken)
        where T : class
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed), this);
        return HeldAsync(token => OrderedParallel.SelectAsync(sources, RunOrReportAsync, workers, token), cancellationToken);

        async ValueTask<TReport> RunOrReportAsync(ImageSource source, CancellationToken token)
        {
            try
            {
                if (source.Error is not null)
                {
                    return report(source.Name, null, source.Error);
                }

                ImageSource loaded = await source.LoadAsync(preparer.Limits.MaxFileBytes, ScoringDeadline.None, token).ConfigureAwait(false);
                return report(source.Name, Use(loaded, read, token), null);
            }
            catch (ImageRefusedException exception)
            {
                return report(source.Name, null, exception.Description);
            }
        }
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref disposed, true))
        {
            shared.Release();
        }
    }

    // From the first result asked for to the last, the network is there, whoever disposes this meanwhile.
    private async IAsyncEnumerable<TReport> HeldAsync<TReport>(
        Func<CancellationToken, IAsyncEnumerable<TReport>> run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed), this);
        shared.Retain();
        try
        {
            await foreach (TReport result in run(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            shared.Release();
        }
    }

    private T Run<T>(InferenceBuffers room, ReadOnlyMemory<byte> encoded, Subject? image, Func<ReadOnlySpan<float>, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        preparer.Prepare(encoded, room.Buffers.Rgb, image);
        cancellationToken.ThrowIfCancellationRequested();
        ImagePreparer.ToPlanar(room.Buffers.Rgb, room.Buffers.Planes);
        shared.Network.Run(room.Buffers);
        return read(room.Buffers.Features);
    }

    private T Use<T>(ImageSource source, Func<ReadOnlySpan<float>, T> read, CancellationToken cancellationToken)
    {
        InferenceBuffers room = shared.Enter();
        try
        {
            return Run(room, room.File.Read(source, ScoringDeadline.None, cancellationToken), source.Subject, read, cancellationToken);
        }
        finally
        {
            shared.Leave(room);
        }
    }
}
