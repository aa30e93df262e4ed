using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Training;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Cli;

/// <summary>The backbones of one <c>train</c>: the best of those that were named, or how others that are at hand would do.</summary>
internal sealed class BackboneRace(CommandContext context, BackboneChoice choice, ParseResult parsed, TrainOptions options)
{
    private const int ImagesWithoutRace = 300;
    private const int FewestPerClassWithoutRace = 3;
    private BackboneFigures? chosen;

    /// <summary>Gets what was measured; null if nothing was.</summary>
    public IReadOnlyList<BackboneFigures>? Figures { get; private set; }

    /// <summary>Chooses the backbone where several were named.</summary>
    /// <returns>The settings with the one that was chosen.</returns>
    public async Task<TrainingSettings> ChooseAsync(TrainingSettings settings, CancellationToken cancellationToken)
    {
        BackboneComparison comparison = new(settings, WithStore(), context.Time);
        if (choice.Candidates(parsed, comparison) is not { } candidates)
        {
            return settings;
        }

        options.Store = choice.AnyStore(parsed);
        (Figures, chosen) = await RaceAsync(context, comparison, candidates, cancellationToken);
        options.Compared = Figures;
        return settings with { Backbone = chosen.Backbone };
    }

    /// <summary>Chooses the best of all backbones that are at hand.</summary>
    /// <returns>The settings with the one that was chosen.</returns>
    public static async Task<TrainingSettings> ChooseFromAllAsync(
        CommandContext context, TrainingSettings settings, RetrainOptions options, CancellationToken cancellationToken)
    {
        BackboneComparison comparison = new(settings, new TrainOptions { Store = options.Store, Packaged = options.Packaged }, context.Time);
        (options.Compared, BackboneFigures best) = await RaceAsync(context, comparison, comparison.FindAll(), cancellationToken);
        context.Error.WriteLine(FormattableString.Invariant($"{best.Name} is taken: right in {100 * best.Accuracy:F1} % of {best.Images} images, log loss {best.LogLoss:F3}."));
        return settings with { Backbone = best.Backbone };
    }

    /// <summary>Measures the other backbones that are at hand where none was asked for.</summary>
    /// <param name="settings">The settings that were trained by.</param>
    /// <param name="trained">What the training gave.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public async Task CompareWithOthersAsync(TrainingSettings settings, TrainResult trained, CancellationToken cancellationToken)
    {
        if (!choice.IsGiven(parsed))
        {
            Figures = await CompareWithOthersAsync(context, settings, trained, WithStore(), "; --no-compare leaves this out", cancellationToken);
        }
    }

    /// <summary>Measures the embedded backbone beside all others that are at hand.</summary>
    /// <returns>The embedded one's figures, then the others'; null where there are no others, none could be better, or a sample would have under three images of a class.</returns>
    public static async Task<IReadOnlyList<BackboneFigures>?> CompareWithOthersAsync(
        CommandContext context, TrainingSettings settings, TrainResult trained, TrainOptions options, string hint, CancellationToken cancellationToken)
    {
        if (trained is { Validation.Accuracy: 1 or null, Test.Accuracy: 1 } || trained.Classes.Count > ImagesWithoutRace / FewestPerClassWithoutRace)
        {
            return null;
        }

        BackboneComparison comparison = new(settings, options, context.Time) { FewestPerClass = Math.Min(BackboneComparison.DefaultFewestPerClass, ImagesWithoutRace / trained.Classes.Count) };
        BackboneSettings[] others = [.. comparison.FindAll().Where(found => found.Model.Name != Backbone.EmbeddedName)];
        return others.Length == 0 ? null : await BackboneTable.CompareAsync(
            context, comparison, [settings.Backbone, .. others], ImagesWithoutRace, hint, cancellationToken);
    }

    /// <summary>Shows the race.</summary>
    public void Write()
    {
        if (chosen is not null)
        {
            BackboneTable.Write(context, Figures!, chosen);
        }
    }

    /// <summary>Gets what was measured beside the one that was trained without being asked for; null where nothing was.</summary>
    public IReadOnlyList<BackboneFigures>? Others => chosen is null ? Figures : null;

    private static async Task<(IReadOnlyList<BackboneFigures> Figures, BackboneFigures Best)> RaceAsync(
        CommandContext context, BackboneComparison comparison, IReadOnlyList<BackboneSettings> candidates, CancellationToken cancellationToken)
    {
        IReadOnlyList<BackboneFigures> figures = await BackboneTable.CompareAsync(
            context, comparison, candidates, BackboneComparison.DefaultImages, string.Empty, cancellationToken);
        return (figures, BackboneFigures.Choose(figures));
    }

    private TrainOptions WithStore() => new() { Store = choice.AnyStore(parsed), Packaged = options.Packaged, Workers = options.Workers, Limits = options.Limits };
}
