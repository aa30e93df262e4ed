using InceptionMl.Training.Backbones.Download;
using Spectre.Console;

namespace InceptionMl.Cli.Rendering;

/// <summary>A bar on a terminal; without an end while nobody has said how long the file is.</summary>
internal sealed class DownloadProgressBar(ProgressContext display, string file) : IProgress<DownloadProgress>
{
    private ProgressTask? task;

    public void Report(DownloadProgress value)
    {
        task ??= display.AddTask(Markup.Escape(file));
        task.IsIndeterminate(value.Total is null).MaxValue(value.Total ?? Math.Max(1, value.Bytes));
        task.Description = Markup.Escape(file + DownloadProgressLines.Try(value));
        task.Value = value.Bytes;
    }
}
