namespace InceptionMl.Cli.Serving;

/// <summary>What is served, and to whom.</summary>
/// <param name="Model">The model zip, or a registry's folder.</param>
/// <param name="Addresses">Where to listen.</param>
/// <param name="ApiKey">The key to ask for; null asks for none.</param>
/// <param name="Verbose">Whether to tell more than warnings.</param>
internal sealed record ServeOptions(string Model, IReadOnlyList<ServeAddress> Addresses, string? ApiKey, bool Verbose)
{
    /// <summary>Gets the probability below which the best label's outcome is uncertain; null accepts every answer.</summary>
    public float? AbstainBelow { get; init; }

    /// <summary>Gets the folder that corrections of people are kept in; null takes none.</summary>
    public string? Collect { get; init; }

    /// <summary>Gets a value that indicates whether a proxy in front is trusted to say what address it was asked at, in X-Forwarded-*.</summary>
    public bool TrustsProxy { get; init; }

    /// <summary>Gets the model's name in answers.</summary>
    public string Name { get; } =
        Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Model))) is { Length: > 0 } name ? name : "model";
}
