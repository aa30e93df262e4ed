using InceptionMl.Scoring;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace InboxWorker;

/// <summary>
/// One look at the inbox and the work it gives: score, write the row, then move the file. A process that is killed before the row is
/// written scores the file again; one that is killed after it finds the row by the file's SHA-256 and only moves the file. So there is no
/// state to repair at start, and no row is lost or doubled.
/// </summary>
internal sealed class InboxPass(
    InboxFolders folders, Arrivals arrivals, ResultTable table, ReloadingImageScorer model, TimeProvider time, ILogger<InboxPass> log)
{
    private const int BatchSize = 16;

    /// <summary>Looks once and takes every file that is there whole.</summary>
    /// <param name="stop">Stops between images; those not yet recorded stay in the inbox.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        IReadOnlyList<string> settled = arrivals.Look(
            (file, reason) => log.LogWarning("{File} is passed over: {Problem}", file, reason));
        if (settled.Count == 0)
        {
            return;
        }

        await model.RefreshAsync(stop);
        using ImageScorer scorer = model.Acquire();
        foreach (string[] paths in settled.Chunk(BatchSize))
        {
            List<ArrivedImage> images = Unscored(paths);
            IReadOnlyList<ScoringResult> results = await scorer.ScoreBatchAsync([.. images.Select(image => image.Source)], stop);
            foreach ((ArrivedImage image, ScoringResult result) in images.Zip(results))
            {
                OrLater(image.Path, () => Record(image, result));
            }
        }
    }

    private List<ArrivedImage> Unscored(string[] paths)
    {
        Dictionary<string, ArrivedImage> images = [];
        foreach (string path in paths)
        {
            OrLater(path, () =>
            {
                ArrivedImage image = ArrivedImage.Read(path);
                if (!arrivals.IsUnchanged(path))
                {
                    return;
                }

                if (table.Find(image.Sha256) is { } known)
                {
                    Leave(path, known);
                }
                else
                {
                    // The second of two equal files waits for the first one's row.
                    images.TryAdd(image.Sha256, image);
                }
            });
        }

        return [.. images.Values];
    }

    private void Record(ArrivedImage image, ScoringResult result)
    {
        if (!arrivals.IsUnchanged(image.Path))
        {
            return;
        }

        ResultRow row = new(
            image.Sha256,
            result.Name,
            result.Image?.Label,
            result.Image?.Probability,
            result.Image?.Outcome switch
            {
                null => "unreadable",
                ScoringOutcome.Uncertain => "uncertain",
                ScoringOutcome.Unknown => "unknown",
                _ => "accepted",
            },
            result.ModelVersion!,
            time.GetUtcNow(),
            result.Error);
        table.Add(row);
        Leave(image.Path, row);
    }

    private void Leave(string path, ResultRow row)
    {
        string target = InboxFolders.Move(path, row.Sha256, row.Error is null ? folders.Done : folders.Failed);
        log.LogInformation("{File} is {Answer}, now {Target}", Path.GetFileName(path), row.Label ?? row.Outcome, target);
    }

    /// <summary>What the file system or the database refuses now is tried again at the next look.</summary>
    private void OrLater(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            log.LogWarning("{File} waits for the next look: {Problem}", Path.GetFileName(path), exception.Message);
        }
    }
}
