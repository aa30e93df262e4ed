using InceptionMl.Images;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training;

/// <summary>Settings of an <see cref="ImageTrainer"/>.</summary>
public sealed class TrainOptions
{
    /// <summary>The least that an image of a class may count by <see cref="ClassWeights"/>.</summary>
    public const double LowestClassWeight = 1e-6;

    /// <summary>The most that an image of a class may count by <see cref="ClassWeights"/>.</summary>
    public const double HighestClassWeight = 1e6;

    /// <summary>Fraction of each class drawn for validation where no validation images are given, 0 to below 1.</summary>
    /// <value>The default is 0.1.</value>
    public double ValidationFraction { get; set; } = 0.1;

    /// <summary>Fraction of each class drawn for the test where no test images are given, 0 to below 1.</summary>
    /// <value>The default is 0.1.</value>
    public double TestFraction { get; set; } = 0.1;

    /// <summary>Which heads compete.</summary>
    /// <value>The default is <see cref="HeadKind.Auto"/>.</value>
    public HeadKind Head { get; set; } = HeadKind.Auto;

    /// <summary>Strengths of the L2 penalty to try, each above 0; see <see cref="HeadOptions.L2Grid"/>.</summary>
    /// <value>The default is that of <see cref="HeadOptions.L2Grid"/>.</value>
    public IReadOnlyList<double> L2Grid { get; set; } = new HeadOptions().L2Grid;

    /// <summary>Weights every class alike, however many images it has.</summary>
    /// <value>The default is false.</value>
    public bool BalanceClasses { get; set; }

    /// <summary>
    /// How much each image of a class counts in training and validation, by class name, on top of <see cref="BalanceClasses"/> and of
    /// the images' own weights; from 1e-6 to 1e6. Classes that are not named count 1.
    /// </summary>
    /// <value>The default is null: every class counts 1.</value>
    public IReadOnlyDictionary<string, double>? ClassWeights { get; set; }

    /// <summary>
    /// 0, or at least 2 folds of the training and validation images, by which head and L2 are chosen: stratified, equal images in one
    /// fold. The validation figures are then those of images out of fold.
    /// </summary>
    /// <value>The default is 0: the validation images choose.</value>
    public int Folds { get; set; }

    /// <summary>The time that search and fit of the head may take together; see <see cref="HeadOptions.TimeBudget"/>.</summary>
    /// <value>The default is null: the whole search.</value>
    public TimeSpan? TimeBudget { get; set; }

    /// <summary>A head made with the same backbone that the final fit starts from, its classes matched by name.</summary>
    /// <value>The default is null: the fit starts from nothing.</value>
    public WarmStart? WarmStart { get; set; }

    /// <summary>Further views of the training images; validation and test images never have any.</summary>
    /// <value>The default is none.</value>
    public AugmentationOptions Augmentation { get; set; } = new();

    /// <summary>Seed of all that is random. It never moves an image between parts.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>Folder of the feature cache.</summary>
    /// <value>The default is null: no cache.</value>
    public string? CacheFolder { get; set; }

    /// <summary>Threads that decode and infer.</summary>
    /// <value>The default is 0: one a processor.</value>
    public int Workers { get; set; }

    /// <summary>Limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    public ImageLimits Limits { get; set; } = new();

    /// <summary>Replaces a file at the model's place even where it is no model of InceptionMl.</summary>
    /// <value>The default is false.</value>
    public bool ReplaceAnyFile { get; set; }

    /// <summary>The clock that timings and the card's date are read from.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
