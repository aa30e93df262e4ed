using InceptionMl.Training.Heads;
using Spectre.Console;

namespace InceptionMl.Cli.Rendering;

/// <summary>What the head's search is at, on a terminal; it has no known end.</summary>
internal sealed class HeadProgressBar(ProgressContext display) : IProgress<HeadProgress>
{
    private readonly Lock gate = new();
    private ProgressTask? task;

    public void Report(HeadProgress value)
    {
        lock (gate)
        {
            task ??= display.AddTask("head").IsIndeterminate();
            task.Description = HeadProgressLines.Describe(value);
            if (value.Final)
            {
                task.IsIndeterminate(false).Value = task.MaxValue;
            }
        }
    }
}
