namespace InceptionMl.Scoring;

/// <summary>Settings of a <see cref="ReloadingImageScorer"/>; read once, when it is opened.</summary>
public sealed class ReloadingOptions
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(30);

    private ImageScorerOptions scorer = new();
    private TimeSpan? pollInterval;

    /// <summary>Gets or sets the settings that every version is opened with; its clock is also the one that polling goes by.</summary>
    /// <value>The default is every default.</value>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public ImageScorerOptions Scorer
    {
        get => scorer;
        set => scorer = value ?? throw new ArgumentNullException(nameof(Scorer), "Scorer is not null: leave it as it is for every default.");
    }

    /// <summary>Gets or sets how often the source is asked; 1 millisecond to 30 days.</summary>
    /// <value>The default is null: only when <see cref="ReloadingImageScorer.RefreshAsync"/> is called.</value>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public TimeSpan? PollInterval
    {
        get => pollInterval;
        set => pollInterval = value is null || (value >= ShortestInterval && value <= LongestInterval)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PollInterval), value, "PollInterval is 1 millisecond to 30 days.");
    }

    /// <summary>
    /// Gets or sets an optional progress sink that is told of every swap and every problem, on the thread that met it. A problem that stays the same is told once, and its end once:
    /// by the swap, or by a <see cref="ModelReload"/> with neither. What it throws is ignored: what it is told of has happened.
    /// </summary>
    /// <value>The default is null: nobody is told.</value>
    public IProgress<ModelReload>? Progress { get; set; }
}
