namespace InceptionMl.Scoring;

/// <summary>Settings of a <see cref="ReloadingImageScorer"/>; read once, when it is opened.</summary>
public sealed class ReloadingOptions
{
    private TimeSpan? pollInterval;

    /// <summary>Settings that every version is opened with; its clock is also the one that polling goes by.</summary>
    /// <value>The default is every default.</value>
    public ImageScorerOptions Scorer { get; set; } = new();

    /// <summary>How often the source is asked, above zero.</summary>
    /// <value>The default is null: only when <see cref="ReloadingImageScorer.RefreshAsync"/> is called.</value>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? PollInterval
    {
        get => pollInterval;
        set => pollInterval = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PollInterval), value, "PollInterval is above zero.");
    }

    /// <summary>
    /// Told of every swap and every problem, on the thread that met it; a problem that stays the same is told once.
    /// </summary>
    /// <value>The default is null: nobody is told.</value>
    public IProgress<ModelReload>? Progress { get; set; }
}
