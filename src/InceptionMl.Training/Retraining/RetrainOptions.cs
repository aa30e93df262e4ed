using System.ComponentModel.DataAnnotations;
using InceptionMl.Backbones;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Retraining;

/// <summary>What a <see cref="Retrainer"/> needs besides its settings: of this machine and of this one run, so it is not kept.</summary>
/// <example><code>
/// RetrainOptions options = new() { Store = new BackboneStore("backbones"), Workers = 4 };
/// Retrainer retrainer = new(PipelineFile.Read("pipelines/defects.json"), options);
/// </code></example>
public sealed class RetrainOptions
{
    /// <summary>Gets or sets whether test images that were frozen with other labels are measured with those of the dataset.</summary>
    /// <value>The default is <see langword="false"/>: they are listed.</value>
    public bool AcceptTestRelabels { get; set; }

    /// <summary>Gets or sets whether a version is made even where nothing has changed since the latest one.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Force { get; set; }

    /// <summary>Gets or sets the rules that a challenger must pass, in place of the pipeline's.</summary>
    /// <value>The default is null: the pipeline's. To add a rule: <c>[.. pipeline.Acceptance.ToRules(), new MyRule()]</c>.</value>
    public IReadOnlyList<IAcceptanceRule>? Rules { get; set; }

    /// <summary>Gets or sets where a backbone given by its name is looked for.</summary>
    /// <value>The default is null: only the embedded one is known.</value>
    public BackboneStore? Store { get; set; }

    /// <summary>Gets or sets the networks of packages that a backbone given by its name may be.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<PackagedBackbone> Packaged { get; set; } = [];

    /// <summary>Gets or sets what a comparison gave by which the backbone was chosen; the version's card records it.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<BackboneFigures> Compared { get; set; } = [];

    /// <summary>Gets or sets the number of threads that decode and infer.</summary>
    /// <value>The default is 0: one per processor.</value>
    [Range(0, TrainOptions.MaxWorkers)]
    public int Workers { get; set; }

    /// <summary>Gets or sets how the registry is held meanwhile; its clock is that of the timings too.</summary>
    /// <value>The default is <see cref="RegistryWriter.Options"/>'s.</value>
    [Required]
    public RegistryWriter.Options Registry { get; set; } = new();
}
