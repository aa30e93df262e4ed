namespace InceptionMl.AspNetCore;

/// <summary>A name that a scorer was registered under.</summary>
internal sealed record RegisteredScorer(string Name);
