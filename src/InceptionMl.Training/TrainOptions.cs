using System.ComponentModel.DataAnnotations;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Training;

/// <summary>What an <see cref="ImageTrainer"/> needs besides its settings: of this machine and of this one run, so it is not kept.</summary>
/// <example><code>
/// TrainOptions options = new() { Store = new BackboneStore("backbones"), Workers = 4 };
/// ImageTrainer trainer = new(new TrainingSettings { Data = ["pictures"] }, options);
/// </code></example>
public sealed class TrainOptions
{
    /// <summary>The most threads that decode and infer.</summary>
    public const int MaxWorkers = 1024;

    /// <summary>Gets or sets where a backbone given by its name is looked for.</summary>
    /// <value>The default is null: only the embedded one is known.</value>
    public BackboneStore? Store { get; set; }

    /// <summary>Gets or sets the networks of packages that a backbone given by its name may be.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<PackagedBackbone> Packaged { get; set; } = [];

    /// <summary>Gets or sets the number of threads that decode and infer.</summary>
    /// <value>The default is 0: one per processor.</value>
    [Range(0, MaxWorkers)]
    public int Workers { get; set; }

    /// <summary>Gets or sets the limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    [Required]
    public ImageLimits Limits { get; set; } = new();

    /// <summary>Gets or sets a head made with the same backbone that the final fit starts from, its classes matched by name.</summary>
    /// <value>The default is null: the fit starts from nothing.</value>
    internal WarmStart? WarmStart { get; set; }

    /// <summary>Gets or sets whether a file at the model's place is replaced even where it is no model of InceptionMl.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReplaceAnyFile { get; set; }

    /// <summary>
    /// Gets or sets whether the names and sizes of the classes and a sample of at most 200 images are looked at first; the result's diagnostics tell what
    /// was found.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Check { get; set; }

    /// <summary>Gets or sets a sink that is told at once what <see cref="Check"/> finds, before the images go through the network.</summary>
    /// <value>The default is null.</value>
    public IProgress<Diagnostic>? Found { get; set; }

    /// <summary>
    /// Gets or sets whether the result tells what could make the model better: some more fits once the model is saved, and of small sets the features of
    /// augmented copies.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Review { get; set; }

    /// <summary>Gets or sets what a comparison gave by which the backbone was chosen; the card records it.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<BackboneFigures> Compared { get; set; } = [];

    internal FeatureOptions ToFeatureOptions(TrainingSettings settings) => new() { CacheFolder = settings.Cache?.ToString(), Workers = Workers, Limits = Limits };
}
