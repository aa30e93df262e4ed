namespace InceptionMl.Batch.Formats;

/// <summary>Writes the results of a batch, one image at a time.</summary>
public interface IScoreWriter : IAsyncDisposable
{
    /// <summary>Writes a row.</summary>
    /// <param name="row">A result with all its scores.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the writing.</param>
    public Task WriteAsync(ScoreRow row, CancellationToken cancellationToken = default);

    /// <summary>Writes what is held back, and the end of the file.</summary>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the writing.</param>
    public Task CompleteAsync(CancellationToken cancellationToken = default);
}

/// <summary>A format of results in text, as far as an unfinished file of them must be understood.</summary>
/// <param name="Header">The first record without its line end; null if there is none.</param>
/// <param name="QuotesHoldLines">Whether a line break between quotes belongs to the record.</param>
/// <param name="Read">Reads the path, the id and the error of a record; null if it is not a result.</param>
public sealed record ScoreText(string? Header, bool QuotesHoldLines, Func<string, ScoreRow?> Read);
