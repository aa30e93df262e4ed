using System.Text.Json.Serialization;
using InceptionMl.Models.Internal;

namespace InceptionMl.Models;

/// <summary>The images a model was made from.</summary>
public sealed record ModelData
{
    /// <summary>Gets the SHA-256 over every image's content hash, label and part; independent of names and places of files.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the fraction drawn for validation where it was not given.</summary>
    public required double ValidationFraction { get; init; }

    /// <summary>Gets the fraction drawn for test where it was not given.</summary>
    public required double TestFraction { get; init; }

    /// <summary>Gets the images by part: train, validation, test, unreadable.</summary>
    public required IReadOnlyDictionary<string, int> Images { get; init; }

    /// <summary>Gets the readable images by class name.</summary>
    public required IReadOnlyDictionary<string, int> Classes { get; init; }

    /// <summary>Gets how sharp a sample of the images is.</summary>
    /// <value>The default is null: nobody looked.</value>
    public ModelSharpness? Sharpness { get; init; }

    /// <summary>Gets which folder above an image named its label, <c>top</c> or <c>parent</c>.</summary>
    /// <value>The default is null: it was not said, which is the top one.</value>
    public string? LabelFrom { get; init; }

    /// <summary>Gets the column of the manifest that held the paths.</summary>
    /// <value>The default is null: it was found by its usual name, or there was no manifest.</value>
    public string? PathColumn { get; init; }

    /// <summary>Gets the column of the manifest that held the labels.</summary>
    /// <value>The default is null: it was found by its usual name, or there was no manifest.</value>
    public string? LabelColumn { get; init; }

    /// <summary>Gets the column of the manifest that held the parts.</summary>
    /// <value>The default is null: it was found by its usual name, or there was none.</value>
    public string? PartColumn { get; init; }
}

/// <summary>The head inside a model zip.</summary>
public sealed record ModelHead
{
    /// <summary>Gets the zip entry: safetensors with <c>weights</c> [classes, width] and <c>bias</c> [classes], float32.</summary>
    public required string Entry { get; init; }

    /// <summary>Gets what fitted it, <c>lbfgs</c> or <c>sdca</c>.</summary>
    public required string Trainer { get; init; }

    /// <summary>Gets the L2 penalty the search found, on standardized features and the mean log loss.</summary>
    public required double L2 { get; init; }

    /// <summary>Gets how classes were weighted, <c>none</c>, <c>weights</c> (every class alike) or <c>labels</c> (as the person said).</summary>
    public string? Balance { get; init; }

    /// <summary>Gets how much an image of a class counted, by class name; 1 for classes that are not named.</summary>
    public IReadOnlyDictionary<string, double>? ClassWeights { get; init; }
}

/// <summary>Figures on images the head was not fitted on.</summary>
public sealed record ModelMetrics
{
    /// <summary>Gets the figures on the validation images; <see cref="ValidationNote"/> says by which head.</summary>
    public required ModelFigures Validation { get; init; }

    /// <summary>Gets what <see cref="Validation"/> was measured on, and what of the choice those images had a part in, in a sentence.</summary>
    public string? ValidationNote { get; init; }

    /// <summary>Gets the figures on the test images, by the head in this zip.</summary>
    public required ModelFigures Test { get; init; }
}

/// <summary>How good a model is on some images. A figure that no image supports is null.</summary>
public sealed record ModelFigures
{
    /// <summary>Gets the share of images whose most probable label is the true one, from 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Accuracy { get; init; }

    /// <summary>Gets the mean F1 of the classes, from 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? MacroF1 { get; init; }

    /// <summary>Gets the mean log loss.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? LogLoss { get; init; }

    /// <summary>Gets the expected calibration error, from 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Ece { get; init; }

    /// <summary>Gets the expected calibration error that chance alone would give on so many images.</summary>
    public double? EceByChance { get; init; }

    /// <summary>Gets the mean calibration error of the classes, each over its own probabilities.</summary>
    public double? ClasswiseEce { get; init; }

    /// <summary>Gets the mean calibration error of the classes that chance alone would give.</summary>
    public double? ClasswiseEceByChance { get; init; }
}

/// <summary>One head that the search behind a model tried.</summary>
public sealed record ModelCandidate
{
    /// <summary>Gets what fitted it, <c>lbfgs</c> or <c>sdca</c>.</summary>
    public required string Trainer { get; init; }

    /// <summary>Gets the strength of its L2 penalty, on standardized features and the mean log loss.</summary>
    public required double L2 { get; init; }

    /// <summary>Gets what it was judged by, <c>validation</c> or <c>cross-validation</c>.</summary>
    public required string Judge { get; init; }

    /// <summary>Gets its log loss there; over folds the mean.</summary>
    public double? LogLoss { get; init; }

    /// <summary>Gets the standard deviation of the log loss over the folds.</summary>
    public double? LogLossDeviation { get; init; }

    /// <summary>Gets its accuracy there, 0 to 1; over folds the mean.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Gets the standard deviation of the accuracy over the folds.</summary>
    public double? AccuracyDeviation { get; init; }

    /// <summary>Gets the number of iterations of its fits.</summary>
    public int Iterations { get; init; }

    /// <summary>Gets the seconds it took to fit and to judge.</summary>
    public double Seconds { get; init; }

    /// <summary>Gets a value that indicates whether the time budget ended its fits early.</summary>
    public bool Stopped { get; init; }

    /// <summary>Gets a value that indicates whether the head in the zip follows it.</summary>
    public bool Chosen { get; init; }
}
