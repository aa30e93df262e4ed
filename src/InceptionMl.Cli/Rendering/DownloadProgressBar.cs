using InceptionMl.Backbones.Download;
using Spectre.Console;

namespace InceptionMl.Cli.Rendering;

/// <summary>A bar on a terminal; without an end while nobody has said how long the file is.</summary>
internal sealed class DownloadProgressBar(ProgressContext display, string file) : IProgress<DownloadProgress>
{
    // With what stands beside it, a line of 80 columns.
    private const int LongestName = 24;

    private readonly string name = TerminalTable.Short(file, LongestName);
    private ProgressTask? task;

    public void Report(DownloadProgress value)
    {
        task ??= display.AddTask(Markup.Escape(name));
        task.IsIndeterminate(value.Total is null).MaxValue(value.Total ?? Math.Max(1, value.Bytes));
        task.Description = Markup.Escape(name + DownloadProgressLines.Try(value));
        task.Value = value.Bytes;
    }
}
