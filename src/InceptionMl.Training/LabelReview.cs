using System.Numerics.Tensors;
using InceptionMl.Backbones;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>
/// Ranks labeled images by how little heads that had not seen them believe their labels: five folds, of which copies and groups share one, and the
/// probability of the given label, the lowest first. That found more wrong labels than confident learning (Northcutt et al. 2021) in a
/// comparison on four datasets.
/// </summary>
/// <param name="settings">The images, the backbone, and how heads are fitted.</param>
/// <param name="options">What belongs to this machine and this run; null for the defaults.</param>
/// <param name="time">The clock that commits of the cache go by; null is the system's.</param>
/// <example><code>
/// LabelReview.Result review = await new LabelReview(new TrainingSettings { Data = ["pictures"] }).RunAsync();
/// review.WriteManifest("relabeled.csv");
/// </code></example>
public sealed class LabelReview(TrainingSettings settings, TrainOptions? options = null, TimeProvider? time = null)
{
    /// <summary>The images that are named as evidence for a label.</summary>
    public const int Neighbors = 3;

    private readonly TrainOptions options = OptionsCheck.Validated(options);
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Ranks the images.</summary>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="headProgress">An optional progress sink that is invoked while heads are fitted.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images and between steps of a fit.</param>
    /// <exception cref="DatasetException">The images cannot be trained on.</exception>
    /// <exception cref="BackboneException">The backbone is not there or cannot be used.</exception>
    public async Task<Result> RunAsync(
        IProgress<FeatureProgress>? progress = null, IProgress<HeadProgress>? headProgress = null, CancellationToken cancellationToken = default)
    {
        settings.Validate();
        TrainingSettings folded = settings with
        {
            Split = settings.Split with { Folds = Folds.Count },
            Heads = settings.Heads with { TimeBudgetSeconds = null },
        };
        Backbone backbone = folded.OpenBackbone(options.Store, options.Packaged);
        ImageDataset dataset = folded.OpenDataset(cancellationToken);
        dataset.RefuseMissing();
        using FeatureExtractor extractor = new(backbone, options.ToFeatureOptions(folded), time);
        LabeledFeatures images = await LabeledFeatures.ExtractAsync(extractor, dataset, folded.Split, progress, cancellationToken).ConfigureAwait(false);
        Diagnostic? cacheProblem = extractor.CommitCache();
        TrainingSplit split = TrainingSplit.Create(dataset, images, folded, cancellationToken: cancellationToken);
        HeadTrainingSet rows = split.Set(SplitPart.Train).With(split.Set(SplitPart.Validation)).With(split.Set(SplitPart.Test));
        HeadSearchResult search = HeadSearch.Run(
            rows, new HeadTrainingSet(images.Features, [], []), dataset.Classes.Count, new HeadOptions(folded, time), headProgress, cancellationToken);
        return new Result(Rank(images, rows, search, dataset.Classes), images.Problems, [.. dataset.Diagnostics, .. cacheProblem is null ? Array.Empty<Diagnostic>() : [cacheProblem]]);
    }

    private static IReadOnlyList<ReviewedImage> Rank(LabeledFeatures images, HeadTrainingSet rows, HeadSearchResult search, IReadOnlyList<string> classes)
    {
        List<(int Row, int Label, int Given, float Own, float Highest)> judged = [];
        float[] probabilities = new float[classes.Count];
        for (int place = 0; place < rows.Rows.Length; place++)
        {
            if (search.CrossValidation?.HeadOf(place) is { } head)
            {
                head.Probabilities(images.Features.Row(rows.Rows[place]), probabilities);
                int given = TensorPrimitives.IndexOfMax(probabilities);
                judged.Add((rows.Rows[place], rows.Labels[place], given, probabilities[rows.Labels[place]], probabilities[given]));
            }
        }

        Dictionary<int, int> groups = rows.Groups is { } of ? rows.Rows.Zip(of).ToDictionary(pair => pair.First, pair => pair.Second) : [];
        NearestImages nearest = new(images.Features, row => groups.GetValueOrDefault(row, row));
        return
        [
            .. judged.OrderBy(one => one.Own).ThenBy(one => images.Samples[one.Row].Path, StringComparer.Ordinal).Select(one =>
            {
                bool isSuspect = one.Given != one.Label && one.Highest >= TrainingReview.SuspectProbability;
                return new ReviewedImage(images.Samples[one.Row].Path, classes[one.Label], one.Own, classes[one.Given], one.Highest)
                {
                    FullPath = images.Samples[one.Row].FullPath,
                    Part = images.Samples[one.Row].Given,
                    IsSuspect = isSuspect,
                    Nearest = isSuspect ? [.. nearest.Of(one.Row, Neighbors).Select(row => new Neighbor(images.Samples[row].Path, images.Samples[row].Label) { FullPath = images.Samples[row].FullPath })] : [],
                };
            }),
        ];
    }

    /// <summary>What a review gave.</summary>
    /// <param name="Images">Every readable image, the most suspect first.</param>
    /// <param name="Problems">The images that were left out.</param>
    /// <param name="Diagnostics">What a person should know of the images.</param>
    public sealed record Result(IReadOnlyList<ReviewedImage> Images, IReadOnlyList<ImageProblem> Problems, IReadOnlyList<Diagnostic> Diagnostics)
    {
        /// <summary>
        /// Writes a manifest that training takes: each image with its label, the most suspect first, and what speaks for another label. It is for a person to
        /// look at, and to mend in the column <c>label</c>: most images that are hard to tell are suspect and yet right. The file appears whole or not
        /// at all.
        /// </summary>
        /// <param name="path">The CSV file; paths in it are relative to its folder.</param>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void WriteManifest(string path)
        {
            bool hasParts = Images.Any(image => image.Part is not null);
            ImageTable.Write(
                path,
                ["label", .. hasParts ? (string[])["split"] : [], "probability", "suggested", "suggested_probability", "nearest"],
                Images.Select(image => (image.FullPath, Fields(image, hasParts))));
        }

        private static string[] Fields(ReviewedImage image, bool hasParts) =>
        [
            image.Label,
            .. hasParts ? (string[])[PartNames.Word(image.Part)] : [],
            FormattableString.Invariant($"{image.Probability:F4}"),
            image.Suggested == image.Label ? string.Empty : image.Suggested,
            FormattableString.Invariant($"{image.SuggestedProbability:F4}"),
            string.Join("; ", image.Nearest.Select(near => $"{near.Path} ({near.Label})")),
        ];
    }

    /// <summary>An image and what heads that had not seen it say of its label.</summary>
    /// <param name="Path">The image.</param>
    /// <param name="Label">Its label.</param>
    /// <param name="Probability">The probability of that label, 0 to 1.</param>
    /// <param name="Suggested">The most probable label.</param>
    /// <param name="SuggestedProbability">Its probability, 0 to 1.</param>
    public sealed record ReviewedImage(string Path, string Label, float Probability, string Suggested, float SuggestedProbability)
    {
        /// <summary>Gets a value that indicates whether another label has a probability of at least <see cref="TrainingReview.SuspectProbability"/>.</summary>
        public bool IsSuspect { get; init; }

        /// <summary>Gets the images most alike to a suspect one, by the angle between their features, the nearest first; copies are not among them.</summary>
        /// <value>The default is none.</value>
        public IReadOnlyList<Neighbor> Nearest { get; init; } = [];

        internal string FullPath { get; init; } = string.Empty;

        internal SplitPart? Part { get; init; }
    }

    /// <summary>An image that is evidence for a label.</summary>
    /// <param name="Path">The image.</param>
    /// <param name="Label">Its label.</param>
    public sealed record Neighbor(string Path, string Label)
    {
        internal string FullPath { get; init; } = string.Empty;
    }
}
