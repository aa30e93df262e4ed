using InceptionMl.Backbones.Download;
using Spectre.Console;

namespace InceptionMl.Cli.Rendering;

/// <summary>Shows how far a download is: a bar with rate and time left on a terminal, plain lines elsewhere.</summary>
internal static class DownloadDisplay
{
    public static Task<T> RunAsync<T>(CommandContext context, string file, Func<IProgress<DownloadProgress>, Task<T>> work) => context.Interactive
        ? context.ErrorConsole.Progress()
            .AutoClear(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new DownloadedColumn(),
                new TransferSpeedColumn(),
                new RemainingTimeColumn())
            .StartAsync(display => work(new DownloadProgressBar(display, file)))
        : work(new DownloadProgressLines(context.Error, file, context.Time));
}
