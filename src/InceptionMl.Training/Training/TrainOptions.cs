using InceptionMl.Images;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training.Training;

/// <summary>Settings of an <see cref="ImageTrainer"/>.</summary>
public sealed class TrainOptions
{
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

    /// <summary>What an image of a label counts, above 0; labels left out count 1. It multiplies a manifest's weight.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, double> LabelWeights { get; set; } = new Dictionary<string, double>();

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
