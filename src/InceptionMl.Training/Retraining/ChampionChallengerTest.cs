using InceptionMl.Backbones;
using InceptionMl.Backbones.Internal;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>
/// Measures a champion and a challenger on the same test images: those that neither was fitted on, exact copies once. An image that is in
/// test only now, by another split or another folder, may be one the champion was trained on, and would speak for it.
/// </summary>
/// <param name="champion">The promoted version.</param>
/// <param name="challenger">The challenger.</param>
/// <param name="challengerClasses">The names of the challenger's classes.</param>
/// <param name="since">What became of the champion's classes, and what it was fitted on.</param>
/// <param name="twins">Which images stand for others.</param>
internal sealed class ChampionChallengerTest(Champion champion, TrainedHead challenger, IReadOnlyList<string> challengerClasses, DatasetDiff since, Twins twins)
{
    private readonly string[] labels =
    [
        .. challengerClasses,
        .. champion.Model.Card.Classes.Select(since.Classes.NameNow).Except(challengerClasses, StringComparer.Ordinal),
    ];

    /// <summary>What is wrong with the cache, met on the way; null where nothing is.</summary>
    public Diagnostic? CacheProblem { get; private set; }

    /// <summary>Compares them. Where the champion sees with another backbone, the test images go through its own.</summary>
    /// <param name="backbone">The challenger's backbone.</param>
    /// <param name="options">How features are extracted.</param>
    /// <param name="progress">Told after each image that goes through the champion's backbone.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    public async Task<ModelComparison> RunAsync(
        Backbone backbone, FeatureOptions options, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        int[] distinct = [.. challenger.Data.Split.Images(SplitPart.Test).DistinctBy(image => challenger.Data.Images.Hashes[image])];
        HashSet<int> copied = [.. challenger.Data.Split.CopiedTestImages];
        int[] test = [.. distinct.Where(image => !copied.Contains(image) && !since.Fitted.Contains(twins.First(challenger.Data.Images.Hashes[image])))];
        FeatureMatrix seen = challenger.Data.Images.Features;
        IReadOnlyList<int?> rows = [.. test.Select(image => (int?)image)];
        if (!champion.Sees(backbone))
        {
            (seen, rows) = await ExtractAsync(test, options, progress, cancellationToken).ConfigureAwait(false);
        }

        return Compare(test, seen, rows, cancellationToken) with { LeftOut = distinct.Length - test.Length };
    }

    private async Task<(FeatureMatrix Features, IReadOnlyList<int?> Rows)> ExtractAsync(
        int[] test, FeatureOptions options, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        using FeatureExtractor extractor = new(ModelBackbone.Open(champion.Model), options);
        FeatureMatrix features = new(extractor.Width);
        int?[] rows = new int?[test.Length];
        string[] paths = [.. test.Select(image => challenger.Data.Images.Samples[image].FullPath)];
        await foreach (ImageFeatures image in extractor.ExtractAsync(paths, progress, cancellationToken).ConfigureAwait(false))
        {
            // A file that changed meanwhile is another image than the challenger saw.
            bool same = image.Vector is not null && image.Hash == challenger.Data.Images.Hashes[test[image.Index]];
            rows[image.Index] = same ? features.Add(image.Vector!) : null;
        }

        CacheProblem = extractor.CommitCache();
        return (features, rows);
    }

    private ModelComparison Compare(int[] test, FeatureMatrix championFeatures, IReadOnlyList<int?> rows, CancellationToken cancellationToken)
    {
        Dictionary<string, int> places = labels.Select((name, place) => (name, place)).ToDictionary(l => l.name, l => l.place, StringComparer.Ordinal);
        int[] championPlaces = [.. champion.Model.Card.Classes.Select(name => places[since.Classes.NameNow(name)])];
        int[] challengerPlaces = [.. challengerClasses.Select(name => places[name])];
        HashSet<string> known = [.. champion.Model.Card.Classes.Select(since.Classes.NameNow)];
        MetricsAccumulator before = new(labels);
        MetricsAccumulator after = new(labels);
        MetricsAccumulator ofNewClasses = new(labels);
        List<double> oldScores = [];
        List<double> youngScores = [];
        List<ModelComparison.PairedPrediction> differences = [];
        for (int i = 0; i < test.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows[i] is not { } row)
            {
                continue;
            }

            ImageSample sample = challenger.Data.Images.Samples[test[i]];
            if (!known.Contains(sample.Label))
            {
                ofNewClasses.Add(places[sample.Label], Probabilities(challenger.Head, challenger.Data.Images.Features.Row(test[i]), challengerPlaces, temperature: 1));
                continue;
            }

            float[] old = Probabilities(champion.Model.Head, championFeatures.Row(row), championPlaces, champion.Model.Card.Temperature);
            float[] young = Probabilities(challenger.Head, challenger.Data.Images.Features.Row(test[i]), challengerPlaces, temperature: 1);
            before.Add(places[sample.Label], old);
            after.Add(places[sample.Label], young);
            oldScores.Add(Brier(old, places[sample.Label]));
            youngScores.Add(Brier(young, places[sample.Label]));
            (int first, int second) = (Best(old), Best(young));
            if (first != second)
            {
                differences.Add(new ModelComparison.PairedPrediction(sample.Path, sample.Label, labels[first], old[first], labels[second], young[second]));
            }
        }

        (double mean, double error) = oldScores.Count == 0 ? default : PairedLosses.Difference(youngScores, oldScores);
        return new ModelComparison
        {
            Champion = before.ToMetrics(),
            Challenger = after.ToMetrics(),
            Differences = differences,
            ChampionBrier = oldScores.DefaultIfEmpty(0).Average(),
            ChallengerBrier = youngScores.DefaultIfEmpty(0).Average(),
            BrierChange = new ModelComparison.Difference(mean, error),
            NewClasses = ofNewClasses.ToMetrics() is { Images: > 0 } metrics ? metrics : null,
        };
    }

    private float[] Probabilities(LinearHead head, ReadOnlySpan<float> features, int[] places, double temperature)
    {
        float[] own = new float[head.Classes];
        head.Probabilities(features, own, temperature);
        float[] all = new float[labels.Length];
        for (int c = 0; c < own.Length; c++)
        {
            all[places[c]] += own[c];
        }

        return all;
    }

    private static double Brier(float[] probabilities, int truth) =>
        probabilities.Select((probability, label) => Math.Pow(probability - (label == truth ? 1.0 : 0), 2)).Sum();

    private static int Best(float[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());
}
