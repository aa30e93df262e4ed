using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Training;

namespace InceptionMl.Cli;

/// <summary>Backbones side by side: how good each is on the same images, and what it costs.</summary>
internal static class BackboneTable
{
    private const double WellEnough = 0.9;

    /// <summary>Compares backbones, with what it will take before and progress on standard error.</summary>
    public static Task<IReadOnlyList<BackboneFigures>> CompareAsync(
        CommandContext context, BackboneComparison comparison, IReadOnlyList<BackboneSettings> backbones, int images, string hint, CancellationToken cancellationToken)
    {
        Plan plan = new(context, backbones.Count, hint);
        return ProgressDisplay.CountAsync(context, progress => comparison.CompareAsync(backbones, images, plan, progress, cancellationToken));
    }

    public static void Write(CommandContext context, IReadOnlyList<BackboneFigures> figures, BackboneFigures chosen)
    {
        TerminalTable table = new(
            new TerminalColumn("backbone"),
            new TerminalColumn("right", IsNumber: true),
            new TerminalColumn("95 %", IsNumber: true, Rank: 2),
            new TerminalColumn("log loss", IsNumber: true),
            new TerminalColumn("G multiply-adds", IsNumber: true, Rank: 3),
            new TerminalColumn("MB", IsNumber: true, Rank: 1),
            new TerminalColumn("ms an image", IsNumber: true),
            new TerminalColumn(string.Empty, Rank: 4));
        foreach (BackboneFigures one in figures.OrderBy(one => one.LogLoss))
        {
            table.Add(
                one.Name,
                Percent(one.Accuracy, "F1") + " %",
                $"{Percent(one.AccuracyLow, "F0")} to {Percent(one.AccuracyHigh, "F0")}",
                one.LogLoss.ToString("F3", CultureInfo.InvariantCulture),
                (one.MultiplyAdds / 1e9).ToString("F2", CultureInfo.InvariantCulture),
                (one.NetworkBytes / 1e6).ToString("F1", CultureInfo.InvariantCulture),
                one.MillisecondsPerImage.ToString("F1", CultureInfo.InvariantCulture),
                one == chosen ? "chosen" : string.Empty);
        }

        context.Text.WriteLine(FormattableString.Invariant($"Backbones on {chosen.Images} images, none of them for the test, by cross-validation:"));
        table.Write(context.Console);
    }

    /// <summary>Tells of a backbone at hand that does better than the one that was trained; null where none does.</summary>
    /// <param name="figures">The trained backbone's figures first, then the others'.</param>
    /// <param name="withTimes">Whether to say what this machine took.</param>
    public static string? Suggest(IReadOnlyList<BackboneFigures> figures, bool withTimes = true)
    {
        BackboneFigures own = figures[0];
        BackboneFigures best = BackboneFigures.Choose(figures);
        return best == own || best.Accuracy <= own.Accuracy ? null : FormattableString.Invariant(
            $"{best.Name}, which is here too, is right in {Percent(best.Accuracy, "F0")} % ({Percent(best.AccuracyLow, "F0")} to {Percent(best.AccuracyHigh, "F0")}) where {own.Name} is in {Percent(own.Accuracy, "F0")} %, with {best.Images} of these images alone: train with --backbone {best.Name} (zip {best.NetworkBytes / 1e6:F0} MB instead of {own.NetworkBytes / 1e6:F0}{(withTimes ? FormattableString.Invariant($", network {best.MillisecondsPerImage:F0} ms an image instead of {own.MillisecondsPerImage:F0}") : string.Empty)}).");
    }

    /// <summary>Tells of published weights that may do better than all that was compared; null where one of those does well or is such weights.</summary>
    public static string? SuggestPull(IReadOnlyList<BackboneFigures> figures) =>
        figures.Any(one => one.Accuracy >= WellEnough || BackboneCatalog.Find(one.Backbone.Model.Name ?? string.Empty) is { Top1: not null })
        || BackboneCatalog.Entries.FirstOrDefault(entry => entry.Top1 is not null) is not { } published
            ? null
            : FormattableString.Invariant(
                $"{published.Name} is not here but can be pulled. By its publisher ({published.File.Address.Host}) it is right in {published.Top1:F1} % of ImageNet's validation images: backbones pull {published.Name}, then backbones compare shows how it does on yours.");

    public static IReadOnlyList<ComparedBackboneOutput>? ToOutput(IReadOnlyList<BackboneFigures>? figures)
    {
        if (figures is null)
        {
            return null;
        }

        BackboneFigures chosen = BackboneFigures.Choose(figures);
        return [.. figures.Select(one => new ComparedBackboneOutput(
            one.Name, one == chosen, one.Images, one.Accuracy, one.AccuracyLow, one.AccuracyHigh, one.LogLoss, one.MultiplyAdds, one.NetworkBytes, one.MillisecondsPerImage))];
    }

    private static string Percent(double share, string format) => (100 * share).ToString(format, CultureInfo.InvariantCulture);

    private sealed class Plan(CommandContext context, int backbones, string hint) : IProgress<BackboneComparison.BackbonePlan>
    {
        public void Report(BackboneComparison.BackbonePlan value) => context.Error.WriteLine(FormattableString.Invariant(
            $"Comparing {backbones} backbone{(backbones == 1 ? string.Empty : "s")} on {value.Images} images, about {Math.Max(1, Math.Ceiling(value.Duration.TotalSeconds)):F0} s for those that are not in the cache{hint}."));
    }
}

/// <summary>A backbone in the race: an item of <c>backbones</c> in JSON.</summary>
internal sealed record ComparedBackboneOutput(
    string Backbone,
    bool Chosen,
    int Images,
    double Accuracy,
    double AccuracyLow,
    double AccuracyHigh,
    double LogLoss,
    long MultiplyAdds,
    long Bytes,
    double MillisecondsPerImage);
