using System.Globalization;
using InceptionMl.Backbones.Download;
using Spectre.Console;

namespace InceptionMl.Cli;

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

/// <summary>A plain line every few seconds, one at the end, and one for each new try.</summary>
internal sealed class DownloadProgressLines(TextWriter writer, string file, TimeProvider time) : IProgress<DownloadProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly long start = time.GetTimestamp();
    private TimeSpan last = TimeSpan.Zero;
    private long? first;
    private int attempt = 1;

    public void Report(DownloadProgress value)
    {
        TimeSpan elapsed = time.GetElapsedTime(start);
        first ??= value.Bytes;
        if (value.Attempt != attempt || value.Bytes == value.Total || elapsed - last >= BetweenLines)
        {
            string again = value.Attempt == attempt ? "" : Try(value);
            attempt = value.Attempt;
            last = elapsed;
            writer.WriteLine(Describe(value, elapsed) + again);
        }
    }

    /// <summary>Which try is running, a space before it; empty at the first.</summary>
    public static string Try(DownloadProgress value) => value.Attempt > 1 ? FormattableString.Invariant($" (try {value.Attempt})") : string.Empty;

    // What an earlier run brought says nothing of the rate.
    private string Describe(DownloadProgress value, TimeSpan elapsed)
    {
        double rate = elapsed > TimeSpan.Zero ? (value.Bytes - first!.Value) / elapsed.TotalSeconds : 0;
        string of = value.Total is long total ? FormattableString.Invariant($" of {total / 1e6:F1}") : "";
        string left = value.Total > value.Bytes && rate > 0
            ? ", " + TimeSpan.FromSeconds((value.Total.Value - value.Bytes) / rate).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) + " left"
            : "";
        return FormattableString.Invariant($"{file}: {value.Bytes / 1e6:F1}{of} MB, {rate / 1e6:F1} MB a second{left}");
    }
}
