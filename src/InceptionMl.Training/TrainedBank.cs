using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>
/// The bank of a training, and the distance from which on an image is none of the classes. Every image that was fitted on is compared with the bank as
/// one that is not in it: with all vectors but its own and those of its copies and its group.
/// </summary>
/// <param name="Bank">The bank.</param>
/// <param name="Unknown">What the card says of it.</param>
/// <param name="Images">The image of each vector of the bank, by its place among the readable ones.</param>
internal sealed record TrainedBank(FeatureBank Bank, ModelUnknown Unknown, int[] Images)
{
    // Every class has so many vectors, where they fill no more than half of the bank.
    private const int EachClass = 10;

    // More would place the threshold no better, and take seconds.
    private const int MostJudged = 20_000;

    /// <summary>Creates a bank.</summary>
    /// <param name="images">The readable images.</param>
    /// <param name="split">Their parts: the bank is made of those that are not for the test.</param>
    /// <param name="background">Features of images that are none of the classes; null for none.</param>
    /// <param name="falseAlarms">The share of own images that may be called unknown.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public static TrainedBank Create(LabeledFeatures images, TrainingSplit split, FeatureMatrix? background, double falseAlarms, CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(0, images.Readable).Where(row => split.Parts[row] != SplitPart.Test).OrderBy(row => images.Hashes[row].Draw).ThenBy(row => row)];
        FeatureProjection projection = new(images.Features.Width);
        int[] chosen = Choose(rows, row => images.Samples[row].Label);
        FeatureBank bank = FeatureBank.Create(projection, [.. chosen.Select(row => projection.Project(images.Features.Row(row)))]);
        int[] judged = [.. rows.Take(MostJudged)];
        float[] own = InParallel(
            judged.Length,
            i => bank.Nearest(projection.Project(images.Features.Row(judged[i])), place => split.Unit(chosen[place]) != split.Unit(judged[i])).Distance,
            cancellationToken);
        float[] foreign = background is null ? [] : InParallel(background.Rows, i => bank.Distance(projection.Project(background.Row(i))), cancellationToken);
        float threshold = foreign.Length > 0 ? Between(own, foreign) : Quantile(own, falseAlarms);
        return new TrainedBank(bank, new ModelUnknown
        {
            Distance = threshold,
            Wanted = falseAlarms,
            Images = own.Length,
            FalseAlarms = Share(own, threshold),
            Background = foreign.Length,
            BackgroundSeen = foreign.Length > 0 ? Share(foreign, threshold) : null,
        }, chosen);
    }

    /// <summary>Gets those of some images that are unknown, the farthest first.</summary>
    /// <param name="images">The readable images.</param>
    /// <param name="rows">Which of them.</param>
    public IEnumerable<TrainResult.UnknownImage> FindUnknown(LabeledFeatures images, int[] rows) => rows
        .Select(row => (Row: row, Nearest: Bank.Nearest(Bank.Project(images.Features.Row(row)))))
        .Where(found => found.Nearest.Distance > (float)Unknown.Distance)
        .OrderByDescending(found => found.Nearest.Distance)
        .Select(found => new TrainResult.UnknownImage(images.Samples[found.Row], images.Samples[Images[found.Nearest.Place]], found.Nearest.Distance));

    /// <summary>Gets the distance that at most a share of some are above; where the share is less than one of them, the largest.</summary>
    internal static float Quantile(float[] distances, double share)
    {
        float[] falling = [.. distances.OrderDescending()];
        return falling.Length == 0 ? 2 : falling[Math.Min((int)(share * (falling.Length + 1)), falling.Length - 1)];
    }

    /// <summary>Gets the distance at which the share of own images above it and that of foreign ones below it are least together (Youden, "Index for rating diagnostic tests", 1950).</summary>
    internal static float Between(float[] own, float[] foreign)
    {
        float[] all = [.. own.Concat(foreign).Distinct().Order()];
        return all.Zip(all.Skip(1), (low, high) => (low + high) / 2).Append(all[^1])
            .MinBy(threshold => Share(own, threshold) - Share(foreign, threshold));
    }

    private static double Share(float[] distances, float threshold) => distances.Length == 0 ? 0 : distances.Count(distance => distance > threshold) / (double)distances.Length;

    private static int[] Choose(int[] rows, Func<int, string> label)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        int[] places = [.. rows.Select(row => counts[label(row)] = counts.GetValueOrDefault(label(row)) + 1)];
        int each = Math.Min(EachClass, FeatureBank.MostVectors / 2 / Math.Max(1, counts.Count));
        return [.. Enumerable.Range(0, rows.Length).OrderBy(i => places[i] > each).ThenBy(i => i).Take(FeatureBank.MostVectors).Select(i => rows[i]).Order()];
    }

    private static float[] InParallel(int count, Func<int, float> distance, CancellationToken cancellationToken)
    {
        float[] distances = new float[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, i => distances[i] = distance(i));
        return distances;
    }
}
