using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using InceptionMl.Models.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Cli;

/// <summary><c>models show REGISTRY [VERSION]</c></summary>
internal static class ModelsShowVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> registry = RegistryArguments.Registry();
        Argument<string?> version = new("version")
        {
            Description = "The version, such as 0001. The default is the promoted one.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("show", "Show a version: what it was made from, how good it is, when and why it was promoted.") { registry, version, json, format };
        verb.SetAction(async (parsed, _) =>
        {
            ModelRegistry opened = RegistryArguments.Open(parsed.GetRequiredValue(registry));
            ModelVersion shown = parsed.GetValue(version) is { } name
                ? opened.Show(RegistryArguments.Name(opened, name))
                : opened.Current ?? throw new RegistryException($"{opened.Folder} has no promoted version: name the one to show") { Reason = RegistryErrorReason.NotFound, Path = opened.Folder };
            Promotion[] promotions = [.. opened.Promotions.Where(promotion => promotion.Version == shown.Version)];
            if (CommonOptions.IsJson(parsed, json, format))
            {
                await context.Output.WriteLineAsync(ToJson(shown, promotions));
            }
            else
            {
                await WriteAsync(context.Text, shown, promotions);
            }

            if (shown.Problem is not null)
            {
                await context.Error.WriteLineAsync($"{shown.Version} is damaged: {shown.Problem}.");
            }

            return shown.Problem is null ? ExitStatus.Done : ExitStatus.SomeUnreadable;
        });
        return verb;
    }

    private static string ToJson(ModelVersion version, IReadOnlyList<Promotion> promotions) => JsonLine.Write(new ShownVersionOutput(
        version, [.. promotions.Select(promotion => new PromotionOutput(Time(promotion, "O"), promotion.From, promotion.Reason, promotion.IsRollback))]));

    private static async Task WriteAsync(TextWriter output, ModelVersion version, IReadOnlyList<Promotion> promotions)
    {
        await output.WriteLineAsync($"Version {version.Version}{(version.IsCurrent ? ", promoted" : "")}: {version.ModelPath}");
        if (version.Card is { } card)
        {
            await output.WriteLineAsync(
                $"Made {VersionFigures.Created(version)} from {VersionFigures.Count(VersionFigures.Images(version))} images; backbone {card.Backbone.Name}, head {card.Head.Trainer}.");
            await output.WriteLineAsync(FormattableString.Invariant($"{card.Classes.Count} classes: {string.Join(", ", card.Classes)}."));
            await output.WriteLineAsync("On its test images: " + string.Join(", ", FigureColumn.All.Select(
                figure => $"{figure.Name} {VersionFigures.Figure(version.Test, figure)}")) + ".");
        }

        foreach (VersionComparison comparison in new[] { version.Comparison, version.Comparison?.Best }.OfType<VersionComparison>())
        {
            await output.WriteLineAsync(FormattableString.Invariant(
                $"Compared with {comparison.With} on the same {comparison.Images} images: accuracy {100 * comparison.Accuracy:F1} % ({100 * comparison.AccuracyLow:F1} to {100 * comparison.AccuracyHigh:F1}) to {100 * comparison.OwnAccuracy:F1} % ({100 * comparison.OwnAccuracyLow:F1} to {100 * comparison.OwnAccuracyHigh:F1}), Brier score by {comparison.BrierChange:+0.000;-0.000} ({comparison.BrierChangeLow:+0.000;-0.000} to {comparison.BrierChangeHigh:+0.000;-0.000})."));
        }

        foreach (Promotion promotion in promotions)
        {
            string from = promotion.From is null ? "" : $", from {promotion.From}";
            await output.WriteLineAsync($"{(promotion.IsRollback ? "Returned to" : "Promoted")} {Time(promotion, "yyyy-MM-dd HH:mm 'UTC'")}{from}: {promotion.Reason}");
        }
    }

    private static string Time(Promotion promotion, string format) => promotion.Time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary><c>models show --json</c></summary>
internal sealed record ShownVersionOutput(ModelVersion Source, IReadOnlyList<PromotionOutput> Promotions) : VersionOutput(Source)
{
    public string? Backbone => Source.Card?.Backbone.Name;

    public string? Fingerprint => Source.Card?.Data?.Fingerprint;

    [JsonPropertyOrder(1)]
    public IReadOnlyList<PromotionOutput> Promotions { get; } = Promotions;
}

internal sealed record PromotionOutput(string Time, string? From, string Reason, bool Rollback);
