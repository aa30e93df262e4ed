namespace InceptionMl.Batch.Resuming;

/// <summary>What half a file of results was made of: it is gone on with by nothing else.</summary>
/// <param name="Model">SHA-256 of the model zip, hexadecimal.</param>
/// <param name="Inputs">The arguments.</param>
/// <param name="Options">The options that results depend on, by name.</param>
public sealed record ScoreOrigin(string Model, IReadOnlyList<string> Inputs, IReadOnlyDictionary<string, string?> Options)
{
    internal string? DifferenceFrom(ScoreOrigin other) =>
        Model != other.Model ? "another model"
        : !Inputs.SequenceEqual(other.Inputs, StringComparer.Ordinal) ? "other inputs"
        : Options.Keys.Union(other.Options.Keys).FirstOrDefault(name => Options.GetValueOrDefault(name) != other.Options.GetValueOrDefault(name)) is { } option
            ? $"another {option}"
        : null;
}
