using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Checks;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Statistics;

namespace InceptionMl.Training.Evaluation.Internal;

/// <summary>
/// Tells where a model learned from images that are softer or sharper than those it is used on: enlarged, blurred or very small. Such a model is wrong
/// with great confidence.
/// </summary>
public static class SharpnessShift
{
    /// <summary>The fewest images that tell how sharp images are.</summary>
    public const int FewestImages = 10;

    private const double Significant = 0.001;

    // Kinds of photographs differ in how many of them show little detail; half of the images do not become so by chance.
    private const double LeastDifference = 0.5;

    /// <summary>Looks at some of the images; null where they are as sharp as those that were learned from, or where that is not known.</summary>
    /// <param name="card">The model's card.</param>
    /// <param name="paths">The image files.</param>
    /// <param name="cacheFolder">The folder of the feature cache; null for none.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public static async Task<Diagnostic?> FindAsync(ModelCard card, IReadOnlyList<string> paths, string? cacheFolder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (card.Data?.Sharpness is not { } learned || paths.Count < FewestImages)
        {
            return null;
        }

        DatasetCheckOptions options = new() { InputSize = Math.Min(card.Preprocessing.Width, card.Preprocessing.Height), CacheFolder = cacheFolder };
        PictureSample sample = await PictureSample.TakeAsync([.. paths.Select(path => new ImageSample(path, path, string.Empty))], options, cancellationToken).ConfigureAwait(false);
        return Compare(learned, sample.Sharpness, usesQuality: nameof(AugmentationKind.Quality).Equals(card.Augmentation?.Kind, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Compares what was learned from with what the model is used on.</summary>
    internal static Diagnostic? Compare(ModelSharpness learned, ModelSharpness now, bool usesQuality)
    {
        if (learned.Images < FewestImages || now.Images < FewestImages)
        {
            return null;
        }

        (double before, double after) = ((double)learned.Soft / learned.Images, (double)now.Soft / now.Images);
        bool isSofter = after > before;

        // Copies of all kinds of softness were learned from too.
        if (Math.Abs(after - before) < LeastDifference
            || (isSofter && usesQuality)
            || FisherExact.PValue(learned.Soft, learned.Images, now.Soft, now.Images) >= Significant)
        {
            return null;
        }

        string shares = FormattableString.Invariant($"{100 * after:F0} % of these images show less than the network takes, because they are enlarged, blurred or small, where {100 * before:F0} % of those that the model learned from do");
        return Diagnostic.Warning(DiagnosticIds.SharpnessShift, isSofter
            ? $"{shares}: expect more mistakes. Use sharper images, or train with the augmentation \"quality\"."
            : $"{shares}: a model that learned soft images is often wrong on sharp ones and sure of it. Train on images made the same way as these.");
    }
}
