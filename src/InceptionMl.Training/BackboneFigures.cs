using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training;

/// <summary>How good a backbone is on some images, by cross-validation, and what it costs.</summary>
public sealed record BackboneFigures
{
    private const double MaxAccuracyLoss = 0.005;
    private readonly double[] losses;

    internal BackboneFigures(double[] losses) => this.losses = losses;

    /// <summary>Gets the backbone and how it was used.</summary>
    public required BackboneSettings Backbone { get; init; }

    /// <summary>Gets what the backbone is called: its name or its file, with <c>@</c> and the input size where that is not the card's.</summary>
    public string Name => Backbone.Model + AtSize;

    private string AtSize => Backbone.InputSize is { } size ? $"@{size}" : string.Empty;

    /// <summary>Gets the width of the images that the network sees, in pixels.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Gets the height of the images that the network sees, in pixels.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Gets the number of features of an image.</summary>
    public required int Features { get; init; }

    /// <summary>Gets the images that were left out.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<ImageProblem> Problems { get; init; } = [];

    /// <summary>Gets the number of images it was judged on.</summary>
    public int Images => losses.Length;

    /// <summary>Gets the number of these that a head that had not seen them gave their own label.</summary>
    public required int Right { get; init; }

    /// <summary>Gets the share of right answers, 0 to 1.</summary>
    public double Accuracy => Images == 0 ? 0 : (double)Right / Images;

    /// <summary>Gets the lower end of the 95 % interval of <see cref="Accuracy"/> (Wilson 1927).</summary>
    public double AccuracyLow => WilsonInterval.Low(Right, Images) ?? 0;

    /// <summary>Gets the upper end of the 95 % interval of <see cref="Accuracy"/> (Wilson 1927).</summary>
    public double AccuracyHigh => WilsonInterval.High(Right, Images) ?? 0;

    /// <summary>Gets the mean log loss; lower is better.</summary>
    public double LogLoss => Images == 0 ? 0 : losses.Average();

    /// <summary>Gets the multiplications with additions that its convolutions take for one image.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Gets the size of the network in bytes, which is nearly that of a model's zip.</summary>
    public required long NetworkBytes { get; init; }

    /// <summary>Gets the milliseconds that the network takes for one image on one core of this machine.</summary>
    public required double MillisecondsPerImage { get; init; }

    /// <summary>
    /// Chooses the backbone with the lowest log loss, or one with fewer multiplications where it is within one standard error of that
    /// in log loss and within half a point of its accuracy.
    /// </summary>
    /// <param name="figures">What a comparison on the same images gave; at least one.</param>
    public static BackboneFigures Choose(IReadOnlyList<BackboneFigures> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        BackboneFigures best = figures.MinBy(one => one.LogLoss) ?? throw new ArgumentException("There is no backbone to choose from.", nameof(figures));
        return figures
            .Where(one => one.MultiplyAdds < best.MultiplyAdds && one.Accuracy >= best.Accuracy - MaxAccuracyLoss && one.LogLoss - best.LogLoss <= ErrorOfDifference(one, best))
            .MinBy(one => one.MultiplyAdds) ?? best;
    }

    // A model is shipped: it tells nothing of the folders of the machine it was made on, nor of its speed.
    internal ComparedBackbone ToCard() => new()
    {
        Backbone = (Backbone.Model.Name ?? Path.GetFileName(Backbone.Model.Path!.Full)) + AtSize,
        Images = Images,
        Accuracy = Accuracy,
        AccuracyLow = AccuracyLow,
        AccuracyHigh = AccuracyHigh,
        LogLoss = LogLoss,
        MultiplyAdds = MultiplyAdds,
        Bytes = NetworkBytes,
    };

    // Both were judged on the same images in the same order.
    private static double ErrorOfDifference(BackboneFigures one, BackboneFigures other) =>
        one.Images == other.Images && one.Images > 0 ? PairedLosses.Difference(one.losses, other.losses).Error : 0;
}
