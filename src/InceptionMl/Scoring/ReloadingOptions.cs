using System.ComponentModel.DataAnnotations;

namespace InceptionMl.Scoring;

/// <summary>Options of a <see cref="ReloadingImageScorer"/>, which are checked and read once, when it is opened.</summary>
/// <example><code>
/// ReloadingOptions options = new() { PollInterval = TimeSpan.FromSeconds(5) };
/// using ReloadingImageScorer models = ReloadingImageScorer.OpenRegistry("artifacts/defects", options);
/// </code></example>
public sealed class ReloadingOptions
{
    /// <summary>Gets or sets the options that every version is opened with.</summary>
    /// <value>The default is every default.</value>
    [Required]
    public ImageScorerOptions Scorer { get; set; } = new();

    /// <summary>Gets or sets how often the source is asked; 1 millisecond to 30 days.</summary>
    /// <value>The default is null: only when <see cref="ReloadingImageScorer.RefreshAsync"/> is called.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? PollInterval { get; set; }

    /// <summary>
    /// Gets or sets an optional progress sink that is told of every swap and every problem, on the thread that met it. A problem that stays the same is told once, and its end once:
    /// by the swap, or by a <see cref="ModelReload"/> with neither. What it throws is ignored: what it is told of has happened.
    /// </summary>
    /// <value>The default is null: nobody is told.</value>
    public IProgress<ModelReload>? Progress { get; set; }
}
