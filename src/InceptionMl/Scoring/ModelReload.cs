namespace InceptionMl.Scoring;

/// <summary>
/// What one look at the promoted model led to. With neither <paramref name="Replaced"/> nor <paramref name="Problem"/> the promoted
/// model serves already: <see cref="ReloadingOptions.Progress"/> is told of that once, when a problem is over.
/// </summary>
/// <param name="Serving">The version that serves now.</param>
/// <param name="Replaced">The version that served until now; null if none was replaced.</param>
/// <param name="Problem">Why the promoted model could not be opened, a sentence; null if there was no problem.</param>
public sealed record ModelReload(string Serving, string? Replaced, string? Problem)
{
    /// <summary>Gets a value that indicates whether another version serves now.</summary>
    public bool Swapped => Replaced is not null;
}
