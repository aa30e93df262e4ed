using InceptionMl.Backbones;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Retraining;

/// <summary>Settings of a <see cref="Retrainer"/> that are not the pipeline's.</summary>
public sealed record RetrainOptions
{
    /// <summary>Takes the dataset's labels for test images that were frozen with others.</summary>
    /// <value>The default is false: they are listed.</value>
    public bool AcceptTestRelabels { get; init; }

    /// <summary>Gets the rules that a challenger must pass, in place of the pipeline's.</summary>
    /// <value>The default is null: the pipeline's. To add a rule: <c>[.. pipeline.Acceptance.ToRules(), new MyRule()]</c>.</value>
    public IReadOnlyList<IAcceptanceRule>? Rules { get; init; }

    /// <summary>Where a backbone given by its name is looked for.</summary>
    /// <value>The default is null: only the embedded one is known.</value>
    public BackboneStore? Store { get; init; }

    /// <summary>Threads that decode and infer.</summary>
    /// <value>The default is 0: one a processor.</value>
    public int Workers { get; init; }

    /// <summary>How the registry is held meanwhile; its clock is that of the timings too.</summary>
    /// <value>The default is <see cref="RegistryWriterOptions"/>'s.</value>
    public RegistryWriterOptions Registry { get; init; } = new();
}
