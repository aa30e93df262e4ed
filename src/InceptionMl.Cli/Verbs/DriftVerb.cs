using System.CommandLine;
using System.Globalization;
using InceptionMl.Drift.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Evaluation.Internal;
using InceptionMl.Training.Features;

namespace InceptionMl.Cli;

/// <summary><c>drift MODEL.zip|REGISTRY FOLDER|STATISTICS...</c></summary>
internal static class DriftVerb
{
    private const int Shown = 10;
    private const long LargestStatistics = 16 << 20;

    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model") { Description = ModelPath.Description };
        Argument<string[]> inputs = ScoreInputs.Argument();
        inputs.Description = "Images, folders or globs, or files of statistics that score --statistics wrote.";
        Option<string?> cache = CommonOptions.CacheWhereThereIsOne();
        Option<bool> json = CommonOptions.Json();
        Command verb = new("drift", "Tell whether images are other than those a model was trained on.") { model, inputs, cache, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string path = ModelPath.Resolve(parsed.GetRequiredValue(model));
            DriftReference reference = ModelPackage.ReadOptional(path, DriftReference.Entry, DriftReference.MostBytes, DriftReference.Parse)
                ?? throw new DatasetException($"{path} does not hold what its training images were like: train it again with this version, and with its bank.");
            ScoreCounts counts = new();
            ScoringStatistics now = await GatherAsync(context, path, parsed.GetRequiredValue(inputs), CommonOptions.ExistingCacheFolder(parsed, cache), reference, counts, cancellationToken);
            if (now.Images == 0)
            {
                throw new DatasetException($"{string.Join(' ', parsed.GetRequiredValue(inputs))}: no image there that could be scored.") { Reason = DatasetErrorReason.TooFewImages };
            }

            DriftTest.Result result = DriftTest.Compare(reference, now, Card(path), cancellationToken);
            if (parsed.GetValue(json))
            {
                await context.Output.WriteLineAsync(JsonLine.Write(DriftOutput.Create(result)));
            }
            else
            {
                Write(context, result);
            }

            return result.IsDrift ? ExitStatus.Drift : counts.AnyUnreadable ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }

    private static ModelCard Card(string model)
    {
        using FileStream zip = File.OpenRead(model);
        return ModelPackage.ReadCard(zip, Subject.FromFile(model));
    }

    // Of files of statistics what they hold, of all else what the model says of it.
    private static async Task<ScoringStatistics> GatherAsync(
        CommandContext context, string model, string[] inputs, string? cacheFolder, DriftReference reference, ScoreCounts counts, CancellationToken cancellationToken)
    {
        ILookup<bool, string> named = inputs.ToLookup(IsStatistics);
        ScoringStatistics[] files = [.. named[true].Select(file => Read(file, reference))];
        if (named[false].Any())
        {
            using FeatureCache? cache = ScoreVerb.OpenCache(context, cacheFolder);
            using ImageScorer scorer = ImageScorer.Open(model, new ImageScorerOptions { FeatureCache = cache, KeepStatistics = true });
            await ProgressDisplay.CountAsync(context, progress => ScoreAsync(context, scorer, [.. named[false]], counts, progress, cancellationToken));
            cache?.Flush();
            counts.Report(context.Error);
            using MemoryStream kept = new();
            scorer.WriteStatistics(kept);
            files = [.. files, ScoringStatistics.Parse(kept.ToArray())!];
        }

        foreach (ScoringStatistics other in files.Skip(1))
        {
            files[0].Merge(other);
        }

        return files[0];
    }

    private static async Task<long> ScoreAsync(
        CommandContext context, ImageScorer scorer, string[] inputs, ScoreCounts counts, IProgress<FeatureProgress> progress, CancellationToken cancellationToken)
    {
        await foreach (ScoringResult result in scorer.ScoreAsync(ScoreInputs.Enumerate(inputs, context.Input, counts, cancellationToken), cancellationToken))
        {
            counts.Add(result.Image is not null);
            if (result.Error is { } error)
            {
                await context.Error.WriteLineAsync($"{result.Name}: {error}");
            }

            progress.Report(new FeatureProgress((int)(counts.Scored + counts.Failed), 0, Hits: 0, (int)counts.Failed));
        }

        return counts.Scored;
    }

    private static bool IsStatistics(string input)
    {
        if (!File.Exists(input))
        {
            return false;
        }

        using FileStream file = File.OpenRead(input);
        byte[] start = new byte[sizeof(int)];
        return ScoringStatistics.IsOne(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }

    private static ScoringStatistics Read(string path, DriftReference reference)
    {
        ScoringStatistics statistics = (new FileInfo(path).Length <= LargestStatistics ? ScoringStatistics.Parse(File.ReadAllBytes(path)) : null)
            ?? throw new DatasetException($"{path} holds damaged statistics, or those of another version: score the images again.");
        return statistics.IsOfSameModel(reference.Statistics)
            ? statistics
            : throw new DatasetException($"{path} holds statistics of another model: name the model that kept them.");
    }

    private static void Write(CommandContext context, DriftTest.Result result)
    {
        TerminalTable tests = new(
            new TerminalColumn("compared"), new TerminalColumn("training", IsNumber: true), new TerminalColumn("now", IsNumber: true), new TerminalColumn("by chance", IsNumber: true), new TerminalColumn("drift"));
        tests.Add("features (discrepancy)", "0", result.Mmd.ToString("F3", CultureInfo.InvariantCulture), Chance(result.P), Word(result.HasOtherFeatures));
        if (result.Unknown is { } unknown)
        {
            tests.Add("none of the classes", Percent(unknown.Expected), Percent(unknown.Rate), Chance(unknown.P), Word(result.HasOtherUnknown));
        }

        tests.Add("labels (all)", string.Empty, string.Empty, Chance(result.LabelsP), Word(result.HasOtherLabels));
        foreach (DriftTest.LabelShare label in result.Labels.OrderByDescending(label => Math.Abs(label.Now - label.Training)).Take(Shown))
        {
            tests.Add("  " + label.Label, Percent(label.Training), Percent(label.Now), string.Empty, string.Empty);
        }

        tests.Write(context.Console);
        context.Text.WriteLine(FormattableString.Invariant(
            $"{(result.IsDrift ? "Drift: the" : "No drift: the")} {result.Images} images are {(result.IsDrift ? "other than" : "like")} those of the training."));
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");

    private static string Chance(double p) => p < 0.0001 ? "< 0.0001" : p.ToString("F4", CultureInfo.InvariantCulture);

    private static string Word(bool drift) => drift ? "yes" : "no";
}

/// <summary>The result of <c>drift --json</c>.</summary>
internal sealed record DriftOutput(bool Drift, double Mmd, double P, DriftOutput.UnknownOutput? Unknown, IReadOnlyList<DriftTest.LabelShare> Labels, long Images)
{
    public static DriftOutput Create(DriftTest.Result result) => new(
        result.IsDrift, result.Mmd, result.P, result.Unknown is { } unknown ? new UnknownOutput(unknown.Rate, unknown.Expected) : null, result.Labels, result.Images);

    internal sealed record UnknownOutput(double Rate, double Expected);
}
