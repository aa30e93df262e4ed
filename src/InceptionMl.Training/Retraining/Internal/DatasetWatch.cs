using System.Security.Cryptography;
using System.Text;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Retraining.Internal;

/// <summary>
/// Tells when images have changed and then been left alone for a while. Files are looked at by name, size and time of change, again and
/// again: that works on every file system, network drives included.
/// </summary>
public sealed class DatasetWatch
{
    private const int LooksInQuiet = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Func<CancellationToken, ImageDataset> open;
    private readonly TimeSpan quiet;
    private readonly TimeProvider time;
    private readonly TimeSpan pause;

    /// <summary>Watches the images of a training.</summary>
    /// <param name="settings">Where the images are.</param>
    /// <param name="quiet">How long nothing must have changed.</param>
    /// <param name="time">The clock.</param>
    public DatasetWatch(TrainingSettings settings, TimeSpan quiet, TimeProvider time)
        : this(settings.OpenDataset, quiet, time)
    {
    }

    internal DatasetWatch(Func<CancellationToken, ImageDataset> open, TimeSpan quiet, TimeProvider time)
    {
        this.open = open;
        this.quiet = quiet;
        this.time = time;
        pause = TimeSpan.FromTicks(Math.Min(Math.Max(quiet.Ticks / LooksInQuiet, 1), LongestPause.Ticks));
    }

    /// <summary>Waits until the images differ from an earlier state and have been as they are for the quiet time.</summary>
    /// <param name="since">The earlier state; null where any will do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Their state, to wait for the next.</returns>
    public async Task<string> UntilSettledAsync(string? since, CancellationToken cancellationToken = default)
    {
        string seen = Look(cancellationToken);
        long changed = time.GetTimestamp();
        while (seen == since || time.GetElapsedTime(changed) < quiet)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            string now = Look(cancellationToken);
            if (now != seen)
            {
                seen = now;
                changed = time.GetTimestamp();
            }
        }

        return seen;
    }

    /// <summary>64 digits that are others where a file came, went, was moved or was written; a sentence where they cannot be listed.</summary>
    private string Look(CancellationToken cancellationToken)
    {
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (ImageSample sample in open(cancellationToken).Samples)
            {
                FileInfo file = new(sample.FullPath);
                string state = file.Exists ? FormattableString.Invariant($"{file.Length}\t{file.LastWriteTimeUtc.Ticks}") : "gone";
                hash.AppendData(Encoding.UTF8.GetBytes($"{sample.Path}\t{sample.Label}\t{sample.Given}\t{state}\n"));
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception exception) when (exception is DatasetException or IOException or UnauthorizedAccessException)
        {
            // In the middle of a copy a folder may be empty for a moment: that is a state too, and one that passes.
            return exception.Message;
        }
    }
}
