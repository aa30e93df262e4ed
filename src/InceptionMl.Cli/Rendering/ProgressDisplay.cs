using System.Globalization;
using InceptionMl.Internal;
using InceptionMl.Training;
using InceptionMl.Training.Features;
using Spectre.Console;

namespace InceptionMl.Cli;

/// <summary>Shows how far a run is: bars with rate and time left on a terminal, plain lines elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs work that goes through images: a bar that goes when it is done, or a line every few seconds.</summary>
    public static Task<T> CountAsync<T>(CommandContext context, Func<IProgress<FeatureProgress>, Task<T>> work) => context.Interactive
        ? context.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(display => work(new FeatureProgressBar(display, context.Time)))
        : work(new FeatureProgressLines(context.Error, context.Time, tellsEnd: false));

    /// <summary>Runs work that cannot say how far it is: a line on a terminal that moves and goes when it is done, nothing elsewhere.</summary>
    /// <param name="context">Where the line is shown.</param>
    /// <param name="doing">What is done, for example <c>writing model.onnx</c>.</param>
    /// <param name="work">The work.</param>
    public static Task<T> WaitAsync<T>(CommandContext context, string doing, Func<T> work) => context.Interactive
        ? context.ErrorConsole.Status().StartAsync(Markup.Escape(Printable.Escape(doing)), _ => Task.Run(work))
        : Task.FromResult(work());

    /// <summary>Runs work that reports its progress.</summary>
    public static Task<T> RunAsync<T>(CommandContext context, Func<IProgress<FeatureProgress>, IProgress<HeadProgress>, Task<T>> work) => context.Interactive
        ? context.ErrorConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(display => work(new FeatureProgressBar(display, context.Time), new HeadProgressBar(display)))
        : work(new FeatureProgressLines(context.Error, context.Time), new HeadProgressLines(context.Error, context.Time));
}

/// <summary>Progress in words.</summary>
internal static class FeatureProgressText
{
    public static string Describe(FeatureProgress value, TimeSpan elapsed)
    {
        string cached = value.Hits > 0 ? FormattableString.Invariant($", {value.Hits} from the cache") : string.Empty;
        string unreadable = value.Unreadable > 0 ? FormattableString.Invariant($", {value.Unreadable} unreadable") : string.Empty;
        string of = value.Total > 0 ? FormattableString.Invariant($" of {value.Total}") : string.Empty;
        string images = value.AugmentedCopies switch
        {
            0 => "images",
            1 => "images in 1 augmented copy",
            _ => FormattableString.Invariant($"images in {value.AugmentedCopies} augmented copies"),
        };
        return FormattableString.Invariant($"{value.Done}{of} {images}, {Rate(value, elapsed):F1} a second{cached}{unreadable}");
    }

    public static string TimeLeft(FeatureProgress value, TimeSpan elapsed) => Rate(value, elapsed) is > 0 and double rate && value.Done < value.Total
        ? ", " + TimeSpan.FromSeconds((value.Total - value.Done) / rate).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) + " left"
        : string.Empty;

    /// <summary>Whether the images are gone through once more: in augmented copies, or with another backbone.</summary>
    public static bool IsNewPass(FeatureProgress before, FeatureProgress value) => value.AugmentedCopies != before.AugmentedCopies || value.Done < before.Done;

    private static double Rate(FeatureProgress value, TimeSpan elapsed) => elapsed > TimeSpan.Zero ? value.Done / elapsed.TotalSeconds : 0;
}

/// <summary>A bar on a terminal.</summary>
internal sealed class FeatureProgressBar(ProgressContext display, TimeProvider time) : IProgress<FeatureProgress>
{
    private long start = time.GetTimestamp();
    private ProgressTask? task;
    private FeatureProgress before;

    public void Report(FeatureProgress value)
    {
        if (FeatureProgressText.IsNewPass(before, value))
        {
            (start, task) = (time.GetTimestamp(), null);
        }

        before = value;

        task ??= display.AddTask("images", maxValue: Math.Max(1, value.Total)).IsIndeterminate(value.Total == 0);
        task.Description = FeatureProgressText.Describe(value, time.GetElapsedTime(start));
        if (value.Total > 0)
        {
            task.IsIndeterminate(false).MaxValue(value.Total).Value = value.Done;
        }
    }
}

/// <summary>A plain line every few seconds, and one at the end where that is wanted.</summary>
internal sealed class FeatureProgressLines(TextWriter writer, TimeProvider time, bool tellsEnd = true) : IProgress<FeatureProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private long start = time.GetTimestamp();
    private TimeSpan last = TimeSpan.Zero;
    private FeatureProgress before;

    public void Report(FeatureProgress value)
    {
        if (FeatureProgressText.IsNewPass(before, value))
        {
            (start, last) = (time.GetTimestamp(), TimeSpan.Zero);
        }

        before = value;

        TimeSpan elapsed = time.GetElapsedTime(start);
        if ((tellsEnd && value.Done == value.Total) || elapsed - last >= BetweenLines)
        {
            last = elapsed;
            writer.WriteLine(FeatureProgressText.Describe(value, elapsed) + FeatureProgressText.TimeLeft(value, elapsed));
        }
    }
}

/// <summary>What the head's search is at, on a terminal; it has no known end.</summary>
internal sealed class HeadProgressBar(ProgressContext display) : IProgress<HeadProgress>
{
    private readonly Lock gate = new();
    private ProgressTask? task;
    private HeadProgress.Cost? expected;

    public void Report(HeadProgress value)
    {
        lock (gate)
        {
            task ??= display.AddTask("head").IsIndeterminate();
            expected ??= value.Expected;
            task.Description = HeadProgressLines.Describe(value) + (expected is { } cost ? $" ({HeadProgressLines.Describe(cost)})" : string.Empty);
            if (value.Final)
            {
                task.IsIndeterminate(false).Value = task.MaxValue;
            }
        }
    }
}

/// <summary>A plain line every few seconds while the head is searched.</summary>
internal sealed class HeadProgressLines(TextWriter writer, TimeProvider time) : IProgress<HeadProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    // Less is there on every machine.
    private const double ManyBytes = 5e8;

    private readonly Lock gate = new();
    private long last = time.GetTimestamp();

    public static string Describe(HeadProgress value) => FormattableString.Invariant(
        $"{(value.Final ? "fitting" : "searching")} the head: {value.Trainer}, L2 {value.L2:G3}{(double.IsFinite(value.Objective) ? $", iteration {value.Iteration}, objective {value.Objective.ToString("F4", CultureInfo.InvariantCulture)}" : "")}");

    public static string Describe(HeadProgress.Cost cost) => FormattableString.Invariant(
        $"about {Math.Max(1, Math.Round(cost.Duration.TotalMinutes)):F0} min{(cost.Bytes >= ManyBytes ? $" and up to {cost.Bytes / 1e9:F1} GB of memory" : "")}");

    public void Report(HeadProgress value)
    {
        lock (gate)
        {
            if (value.Expected is { } cost)
            {
                writer.WriteLine(FormattableString.Invariant($"Searching the head takes {Describe(cost)}."));
            }

            if (time.GetElapsedTime(last) >= BetweenLines)
            {
                last = time.GetTimestamp();
                writer.WriteLine(Describe(value));
            }
        }
    }
}

/// <summary>Progress that is told in sentences, a line each.</summary>
internal sealed class LineProgress(TextWriter writer) : IProgress<string>
{
    public void Report(string value) => writer.WriteLine(value);
}
