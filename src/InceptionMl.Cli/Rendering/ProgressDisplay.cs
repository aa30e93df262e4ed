using InceptionMl.Training.Features;
using InceptionMl.Training.Heads;
using Spectre.Console;

namespace InceptionMl.Cli.Rendering;

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
