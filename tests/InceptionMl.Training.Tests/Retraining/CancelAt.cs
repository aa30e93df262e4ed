using InceptionMl.Training.Features;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>Cancels at the n-th report of progress.</summary>
internal sealed class CancelAt(int report, CancellationTokenSource source) : IProgress<FeatureProgress>, IProgress<HeadProgress>
{
    private int reports;

    public void Report(FeatureProgress value) => Count();

    public void Report(HeadProgress value) => Count();

    private void Count()
    {
        if (Interlocked.Increment(ref reports) == report)
        {
            source.Cancel();
        }
    }
}
