using InceptionMl.Scoring;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>Stands before a scorer: no image passes until it is opened.</summary>
internal sealed class Gate : IDisposable
{
    private readonly ManualResetEventSlim open = new();

    public ScoredImage Score(ImageScorer scorer, ReadOnlyMemory<byte> image, CancellationToken cancellationToken)
    {
        open.Wait(cancellationToken);
        return scorer.Score(image, cancellationToken);
    }

    public void Open() => open.Set();

    public void Dispose() => open.Dispose();

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
