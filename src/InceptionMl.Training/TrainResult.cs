using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training;

/// <summary>What a training run gave.</summary>
public sealed record TrainResult
{
    /// <summary>The model zip, as it was asked for.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The model card beside it.</summary>
    public required string CardPath { get; init; }

    /// <summary>Name of the backbone.</summary>
    public required string Backbone { get; init; }

    /// <summary>Class names, in the order of the head's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Images by part.</summary>
    public required ImageCounts Images { get; init; }

    /// <summary>What fitted the head.</summary>
    public required string Trainer { get; init; }

    /// <summary>The L2 penalty chosen.</summary>
    public required double L2 { get; init; }

    /// <summary>What was tried, in order.</summary>
    public IReadOnlyList<HeadCandidate> Candidates { get; init; } = [];

    /// <summary>What <see cref="Validation"/> was measured on and what of the choice those images had a part in, in a sentence.</summary>
    public string? ValidationNote { get; init; }

    /// <summary>
    /// On the validation images, by the head fitted on the training images alone; where folds chose, on training and validation
    /// images, each by a head fitted without its fold.
    /// </summary>
    public required ClassificationMetrics Validation { get; init; }

    /// <summary>On the test images, by the head that was saved.</summary>
    public required ClassificationMetrics Test { get; init; }

    /// <summary>Gets the classes that have validation or test images and were given to none of either.</summary>
    public IReadOnlyList<string> NeverGiven => [.. Validation.NeverGiven.Union(Test.NeverGiven, StringComparer.Ordinal).Where(IsGivenNowhere)];

    /// <summary>
    /// What class weights would do, where some of <see cref="NeverGiven"/> have fewer than half the training images of the largest class.
    /// </summary>
    /// <value>Null where no class is so, where the classes are weighted already, under a time budget, and where a second search would take minutes.</value>
    public BalancedOutlook? Balanced { get; init; }

    /// <summary>Seconds from images to features.</summary>
    public required double FeaturizeSeconds { get; init; }

    /// <summary>Seconds of search and fit.</summary>
    public required double HeadSeconds { get; init; }

    /// <summary>Seconds in all.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>Feature vectors that were in the cache: one an image, and one more for each augmented copy of a training image.</summary>
    public required int CacheHits { get; init; }

    /// <summary>Feature vectors of readable images that were computed, counted alike.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>Images left out.</summary>
    public required IReadOnlyList<ImageProblem> Problems { get; init; }

    /// <summary>Gets what a person should know of the images and the run.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    private bool IsGivenNowhere(string label)
    {
        return IsNotGiven(Validation) && IsNotGiven(Test);
        bool IsNotGiven(ClassificationMetrics metrics) => metrics.PerClass.FirstOrDefault(of => of.Label == label) is not { Precision: not null };
    }
}
