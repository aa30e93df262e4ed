using InceptionMl.Training.Features;
using Spectre.Console;

namespace InceptionMl.Cli.Rendering;

/// <summary>A bar on a terminal.</summary>
internal sealed class FeatureProgressBar(ProgressContext display, TimeProvider time) : IProgress<FeatureProgress>
{
    private long start = time.GetTimestamp();
    private ProgressTask? task;
    private int augmentedCopies;

    public void Report(FeatureProgress value)
    {
        if (value.AugmentedCopies != augmentedCopies)
        {
            (augmentedCopies, start, task) = (value.AugmentedCopies, time.GetTimestamp(), null);
        }

        task ??= display.AddTask("images", maxValue: Math.Max(1, value.Total)).IsIndeterminate(value.Total == 0);
        task.Description = FeatureProgressText.Describe(value, time.GetElapsedTime(start));
        if (value.Total > 0)
        {
            task.IsIndeterminate(false).MaxValue(value.Total).Value = value.Done;
        }
    }
}
