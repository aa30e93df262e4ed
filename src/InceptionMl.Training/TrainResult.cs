using InceptionMl.Drift.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>What a training run gave.</summary>
public sealed record TrainResult
{
    /// <summary>Gets the model zip, as it was asked for.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Gets the model card beside it.</summary>
    public required string CardPath { get; init; }

    /// <summary>Gets the name of the backbone.</summary>
    public required string Backbone { get; init; }

    /// <summary>Gets the class names, in the order of the head's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Gets the images by part.</summary>
    public required ImageCounts Images { get; init; }

    /// <summary>Gets what fitted the head.</summary>
    public required string Trainer { get; init; }

    /// <summary>Gets the L2 penalty chosen.</summary>
    public required double L2 { get; init; }

    /// <summary>Gets what was tried, in order.</summary>
    public IReadOnlyList<ModelCandidate> Candidates { get; init; } = [];

    /// <summary>Gets what <see cref="Validation"/> was measured on and what of the choice those images had a part in, in a sentence.</summary>
    public string? ValidationNote { get; init; }

    /// <summary>
    /// Gets the metrics on the validation images, by the head fitted on the training images alone; where folds chose, on training and validation
    /// images, each by a head fitted without its fold.
    /// </summary>
    public required ClassificationMetrics Validation { get; init; }

    /// <summary>Gets the metrics on the test images, by the head that was saved.</summary>
    public required ClassificationMetrics Test { get; init; }

    /// <summary>Gets what the model says of each test image, in the order of the dataset.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<ImagePrediction> TestPredictions { get; init; } = [];

    /// <summary>Gets the test images that the model is wrong about, those first whose wrong label is most probable.</summary>
    public IReadOnlyList<ImagePrediction> Mistakes => ImagePrediction.WorstFirst(TestPredictions);

    /// <summary>Gets the classes that have validation or test images and were given to none of either.</summary>
    public IReadOnlyList<string> NeverGiven => [.. Validation.NeverGiven.Union(Test.NeverGiven, StringComparer.Ordinal).Where(IsGivenNowhere)];

    /// <summary>
    /// Gets the result that <see cref="ClassWeightSettings.Balanced"/> would give, where some of <see cref="NeverGiven"/> have fewer than half
    /// the training images of the largest class. Its head was searched, fitted and measured, but not saved.
    /// </summary>
    /// <value>Null if no class is so, where the classes are weighted already, under a time budget, and where a second search would take minutes.</value>
    public TrainResult? Balanced { get; init; }

    /// <summary>Gets what could make the model better.</summary>
    /// <value>Null unless <see cref="TrainOptions.Review"/> asks for it, where it would take long, and where a class has fewer than eight images.</value>
    public TrainingReview? Review { get; init; }

    /// <summary>Gets the backbones that were compared on a sample of the images before this one was chosen.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<BackboneFigures> Compared { get; init; } = [];

    /// <summary>Gets from which distance to its training images on the model calls an image none of its classes; null where it never does.</summary>
    public ModelUnknown? Unknown { get; init; }

    /// <summary>Gets the temperature that is in the head's weights; null where none was looked for.</summary>
    public ModelCalibration? Calibration { get; init; }

    /// <summary>Gets which sets of labels the model gives; null where it can give none.</summary>
    public ModelSets? Sets { get; init; }

    /// <summary>Gets the seconds from images to features.</summary>
    public required double FeaturizeSeconds { get; init; }

    /// <summary>Gets the seconds of search and fit.</summary>
    public required double HeadSeconds { get; init; }

    /// <summary>Gets the seconds in all.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>Feature vectors that were in the cache: one an image, and one more for each augmented copy of a training image.</summary>
    public required int CacheHits { get; init; }

    /// <summary>Gets the number of feature vectors of readable images that were computed, counted alike.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>Gets the images left out.</summary>
    public required IReadOnlyList<ImageProblem> Problems { get; init; }

    /// <summary>Gets what a person should know of the images and the run.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Gets the readable images of each class, by part.</summary>
    internal IReadOnlyList<ClassImages> ImagesByClass { get; init; } = [];

    /// <summary>Gets how sharp a sample of the images is; null where nobody looked.</summary>
    internal ModelSharpness? Sharpness { get; init; }

    /// <summary>Gets some images with their features.</summary>
    internal FeatureSample? Sample { get; init; }

    /// <summary>Gets the bank of the model; null where it has none.</summary>
    internal FeatureBank? Bank { get; init; }

    /// <summary>Gets what the images were like; null where the model has no bank.</summary>
    internal DriftReference? Drift { get; init; }

    /// <summary>Gets what sets of labels follow from; null where the model can give none.</summary>
    internal ConformalScores? Scores { get; init; }

    /// <summary>Gets the test images that the model calls unknown, the farthest first.</summary>
    internal IReadOnlyList<UnknownImage> UnknownTestImages { get; init; } = [];

    private bool IsGivenNowhere(string label)
    {
        return IsNotGiven(Validation) && IsNotGiven(Test);
        bool IsNotGiven(ClassificationMetrics metrics) => metrics.PerClass.FirstOrDefault(of => of.Label == label) is not { Precision: not null };
    }

    /// <summary>Images by what became of them.</summary>
    /// <param name="Train">Fitted on.</param>
    /// <param name="Validation">Chosen on, then fitted on too.</param>
    /// <param name="Test">Measured on.</param>
    /// <param name="Unreadable">Left out, each with its reason.</param>
    /// <param name="Ignored">Files that are no images by name or content.</param>
    public sealed record ImageCounts(int Train, int Validation, int Test, int Unreadable, long Ignored);

    /// <summary>An image that is called unknown, and the training image that is nearest to it.</summary>
    internal sealed record UnknownImage(ImageSample Image, ImageSample Nearest, float Distance);

    /// <summary>The readable images of a class, by part.</summary>
    internal sealed record ClassImages(string Label, int Train, int Validation, int Test)
    {
        public int Total => Train + Validation + Test;
    }
}
