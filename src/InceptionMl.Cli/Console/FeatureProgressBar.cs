using InceptionMl.Training.Features;
using Spectre.Console;

namespace InceptionMl.Cli.Console;

/// <summary>A bar on a terminal.</summary>
internal sealed class FeatureProgressBar(ProgressContext display, TimeProvider time) : IProgress<FeatureProgress>
{
    private readonly long start = time.GetTimestamp();
    private ProgressTask? task;

    public void Report(FeatureProgress value)
    {
        task ??= display.AddTask("images", maxValue: value.Total);
        task.Description = FeatureProgressText.Describe(value, time.GetElapsedTime(start));
        task.Value = value.Done;
    }
}
