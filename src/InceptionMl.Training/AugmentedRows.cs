using InceptionMl.Internal;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>The features of the augmented copies of training images, appended to the matrix that holds the images as they are.</summary>
internal sealed class AugmentedRows
{
    private readonly Dictionary<int, int[]> rows = [];

    private AugmentedRows()
    {
    }

    /// <summary>Copies whose features were in the cache.</summary>
    public int CacheHits { get; private set; }

    /// <summary>Copies whose features were computed.</summary>
    public int CacheMisses { get; private set; }

    /// <summary>A sentence where images have fewer copies than were asked for.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; private set; } = [];

    /// <summary>Whether no image has augmented copies.</summary>
    public bool IsEmpty => rows.Count == 0;

    /// <summary>The rows of one image's augmented copies; none for an image that has none.</summary>
    /// <param name="image">Place of the image among the readable ones.</param>
    public IReadOnlyList<int> RowsOf(int image) => rows.GetValueOrDefault(image) ?? [];

    /// <summary>
    /// Extracts the augmented copies. The split is made by then, from images that could be read, so an image is decoded once more here, for all
    /// its copies; what the cache holds is not.
    /// </summary>
    /// <param name="extractor">What extracted the images as they are.</param>
    /// <param name="images">The readable images; the rows are appended to their matrix.</param>
    /// <param name="training">The places of the training images.</param>
    /// <param name="augmentation">The augmentation.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public static async Task<AugmentedRows> ExtractAsync(
        FeatureExtractor extractor,
        LabeledFeatures images,
        int[] training,
        AugmentationSettings augmentation,
        IProgress<FeatureProgress>? progress,
        CancellationToken cancellationToken)
    {
        AugmentedRows augmented = new();
        IReadOnlyList<AugmentedCopy> copies = augmentation.AugmentedCopies;
        if (copies.Count == 0)
        {
            return augmented;
        }

        List<string> changed = [];
        string[] paths = [.. training.Select(image => images.Samples[image].FullPath)];
        await foreach (ImageCopyFeatures found in extractor.ExtractCopiesAsync(paths, copies, progress, cancellationToken).ConfigureAwait(false))
        {
            int image = training[found.Index];
            if (found.Vectors is null || found.Hash != images.Hashes[image])
            {
                changed.Add(images.Samples[image].Path);
                continue;
            }

            augmented.rows.Add(image, [.. found.Vectors.Select(vector => images.Features.Add(vector))]);
            augmented.CacheHits += found.Hits;
            augmented.CacheMisses += copies.Count - found.Hits;
        }

        if (changed.Count > 0)
        {
            augmented.Diagnostics =
            [
                Diagnostic.Warning(DiagnosticIds.ImagesChanged, $"Images that changed while they were trained on ({changed.Count}), and are trained on without augmented copies: {NameList.Join(changed)}."),
            ];
        }

        return augmented;
    }
}
