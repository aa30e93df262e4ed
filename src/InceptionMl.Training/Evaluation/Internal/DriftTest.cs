using InceptionMl.Drift.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Training.Evaluation.Internal;

/// <summary>
/// Whether images are other than those of a training: by their features, by how many are none of the classes, and by the labels they are given. The limits
/// of the three tests add up to 0.14 % of runs, which is 1 % of weeks of seven daily runs; how often they alarm where nothing changed has not been measured.
/// </summary>
public static class DriftTest
{
    private const double SignificantFeatures = 0.0005;
    private const double SignificantUnknown = 0.0004;
    private const double SignificantLabels = 0.0005;

    /// <summary>Compares statistics with those of the training.</summary>
    /// <param name="reference">What the model's images were like.</param>
    /// <param name="now">Statistics of at least one image.</param>
    /// <param name="card">The model's card.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between steps.</param>
    public static Result Compare(DriftReference reference, ScoringStatistics now, ModelCard card, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(card);
        (double discrepancy, double featuresP) = reference.Statistics.Vectors is { Count: > 0 } before && now.Vectors is { Count: > 0 } after
            ? MeanDiscrepancy.Compare(before, after, cancellationToken)
            : (0, 1);
        IReadOnlyDictionary<string, int> images = card.Data?.Classes ?? new Dictionary<string, int>();
        double all = Math.Max(1, card.Classes.Sum(label => (double)images.GetValueOrDefault(label)));
        double[] training = [.. card.Classes.Select(label => images.GetValueOrDefault(label) / all)];
        IReadOnlyList<double> shares = LabelShift.Estimate(reference.Confusion, training, now.Predicted);
        return new Result(
            now.Images,
            discrepancy,
            featuresP,
            LabelShift.PValue(reference.Statistics.Predicted, now.Predicted),
            CompareUnknown(card.Unknown, now),
            [.. card.Classes.Select((label, i) => new LabelShare(label, training[i], shares[i]))]);
    }

    // The training's images were counted too: their share is no more certain than they are many.
    private static UnknownShare? CompareUnknown(ModelUnknown? expected, ScoringStatistics now) => expected is null ? null : new UnknownShare(
        now.Unknown / Math.Max(1.0, now.Images),
        expected.FalseAlarms,
        LabelShift.PValue((long)Math.Round(expected.FalseAlarms * expected.Images), expected.Images, now.Unknown, now.Images));

    /// <summary>The share of a label.</summary>
    /// <param name="Label">The label.</param>
    /// <param name="Training">Its share of the training's images.</param>
    /// <param name="Now">Its share now, estimated.</param>
    public sealed record LabelShare(string Label, double Training, double Now);

    /// <summary>The share of images that are none of the classes.</summary>
    /// <param name="Rate">The share now.</param>
    /// <param name="Expected">The share of the training's images.</param>
    /// <param name="P">The probability of shares at least so different by chance.</param>
    public sealed record UnknownShare(double Rate, double Expected, double P);

    /// <summary>What a comparison found.</summary>
    /// <param name="Images">The number of images.</param>
    /// <param name="Mmd">The maximum mean discrepancy of the features.</param>
    /// <param name="P">The probability of one at least so large by chance.</param>
    /// <param name="LabelsP">The probability of answers at least so different by chance.</param>
    /// <param name="Unknown">How many are none of the classes; null where the model does not tell.</param>
    /// <param name="Labels">The share of each label.</param>
    public sealed record Result(long Images, double Mmd, double P, double LabelsP, UnknownShare? Unknown, IReadOnlyList<LabelShare> Labels)
    {
        /// <summary>Gets a value that indicates whether the features are others.</summary>
        public bool HasOtherFeatures => P <= SignificantFeatures;

        /// <summary>Gets a value that indicates whether other labels are given.</summary>
        public bool HasOtherLabels => LabelsP <= SignificantLabels;

        /// <summary>Gets a value that indicates whether more or fewer images than expected are none of the classes.</summary>
        public bool HasOtherUnknown => Unknown?.P <= SignificantUnknown;

        /// <summary>Gets a value that indicates whether the images are others.</summary>
        public bool IsDrift => HasOtherFeatures || HasOtherLabels || HasOtherUnknown;
    }
}
