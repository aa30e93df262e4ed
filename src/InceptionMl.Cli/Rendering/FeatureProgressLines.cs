using InceptionMl.Training.Features;

namespace InceptionMl.Cli.Rendering;

/// <summary>A plain line every few seconds, and one at the end where that is wanted.</summary>
internal sealed class FeatureProgressLines(TextWriter writer, TimeProvider time, bool tellsEnd = true) : IProgress<FeatureProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private long start = time.GetTimestamp();
    private TimeSpan last = TimeSpan.Zero;
    private int augmentedCopies;

    public void Report(FeatureProgress value)
    {
        if (value.AugmentedCopies != augmentedCopies)
        {
            (augmentedCopies, start, last) = (value.AugmentedCopies, time.GetTimestamp(), TimeSpan.Zero);
        }

        TimeSpan elapsed = time.GetElapsedTime(start);
        if ((tellsEnd && value.Done == value.Total) || elapsed - last >= BetweenLines)
        {
            last = elapsed;
            writer.WriteLine(FeatureProgressText.Describe(value, elapsed) + FeatureProgressText.TimeLeft(value, elapsed));
        }
    }
}
