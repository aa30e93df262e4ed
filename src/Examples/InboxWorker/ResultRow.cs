namespace InboxWorker;

/// <summary>What is known of one image.</summary>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal digits: two files of the same bytes are one image.</param>
/// <param name="File">The name under which it first arrived.</param>
/// <param name="Label">The most probable label; null if the image cannot be read.</param>
/// <param name="Probability">Its probability, 0 to 1.</param>
/// <param name="Outcome"><c>accepted</c>, <c>uncertain</c> or <c>unreadable</c>.</param>
/// <param name="ModelVersion">The version of the model that was asked.</param>
/// <param name="ScoredAt">When.</param>
/// <param name="Error">Why it cannot be read; null if it was scored.</param>
internal sealed record ResultRow(
    string Sha256, string File, string? Label, float? Probability, string Outcome, string ModelVersion, DateTimeOffset ScoredAt, string? Error);
