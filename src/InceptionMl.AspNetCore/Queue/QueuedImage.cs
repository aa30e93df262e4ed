using System.Diagnostics;
using InceptionMl.Images;

namespace InceptionMl.AspNetCore;

/// <summary>One image that waits for a worker, or is with one.</summary>
/// <param name="score">Scores it.</param>
/// <param name="cancellationToken">Canceled where nobody waits for it any more.</param>
internal sealed class QueuedImage(Func<CancellationToken, ImageResult> score, CancellationToken cancellationToken)
{
    // The request goes on elsewhere: a worker has the next image to score.
    private readonly TaskCompletionSource<ImageResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ImageResult> Result => completion.Task;

    /// <summary>Gets the version of the model that scores it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Gets the span of its request.</summary>
    public required ActivityContext Parent { get; init; }

    /// <summary>Gets when it was accepted, as a timestamp of <see cref="TimeProvider"/>.</summary>
    public required long Accepted { get; init; }

    /// <summary>Gets the action that is called when the image is done, scored or not.</summary>
    public required Action Over { get; init; }

    /// <summary>Gets what the model threw; null if it was scored, refused or given up.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Scores it, unless nobody waits for it any more.</summary>
    /// <returns>The result; null if it was given up or the model failed.</returns>
    public ImageResult? Run()
    {
        ImageResult? result = null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = score(cancellationToken);
        }
        catch (ImageRefusedException exception)
        {
            result = ImageResult.Refused(exception.Description, exception.Reason);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it.
        }
        catch (Exception exception)
        {
            // Whatever it is, the worker goes on and the request is told.
            Failure = exception;
        }

        Over();
        if (result is not null)
        {
            completion.SetResult(result);
        }
        else if (Failure is not null)
        {
            completion.SetException(Failure);
        }
        else
        {
            completion.SetCanceled(cancellationToken);
        }

        return result;
    }
}
