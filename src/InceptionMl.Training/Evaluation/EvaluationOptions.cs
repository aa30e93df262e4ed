namespace InceptionMl.Training.Evaluation;

/// <summary>Options of a <see cref="ModelEvaluator"/>.</summary>
/// <example><code>
/// EvaluationResult result = await ModelEvaluator.EvaluateAsync("model.zip", "pictures", new EvaluationOptions { CacheFolder = "cache" });
/// </code></example>
public sealed class EvaluationOptions
{
    /// <summary>Gets or sets whether images that the model was trained on count in <see cref="EvaluationResult.Metrics"/>.</summary>
    /// <value>The default is <see langword="false"/>: they are counted apart, since a model is good at images that it has seen.</value>
    public bool IncludeTrained { get; set; }

    /// <summary>Gets or sets the folder of the feature cache.</summary>
    /// <value>The default is null: no cache.</value>
    public string? CacheFolder { get; set; }
}
