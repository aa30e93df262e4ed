using InceptionMl.Training.Features;
using Spectre.Console;

namespace InceptionMl.Cli.Console;

/// <summary>Shows how far an extraction is: a bar with rate and time left on a terminal, plain lines elsewhere.</summary>
internal static class FeatureProgressDisplay
{
    /// <summary>Runs work that reports its progress.</summary>
    public static Task<T> RunAsync<T>(CommandContext context, Func<IProgress<FeatureProgress>, Task<T>> work) => context.Interactive
        ? context.ErrorConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(display => work(new FeatureProgressBar(display, context.Time)))
        : work(new FeatureProgressLines(context.Error, context.Time));
}
