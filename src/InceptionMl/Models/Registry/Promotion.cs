namespace InceptionMl.Models.Registry;

/// <summary>One switch of the promoted version.</summary>
/// <param name="Version">The version promoted.</param>
/// <param name="From">The version promoted until then, or null.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="IsRollback">Whether it went back to a version promoted before.</param>
public sealed record Promotion(string Version, string? From, DateTimeOffset Time, string Reason, bool IsRollback);
