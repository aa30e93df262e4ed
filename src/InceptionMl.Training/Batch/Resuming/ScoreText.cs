namespace InceptionMl.Training.Batch.Resuming;

/// <summary>How results are written as text, as far as half a file of them must be understood.</summary>
/// <param name="Header">The first record, without its line end; null for none.</param>
/// <param name="Lead">How the record of an image begins, given its path and id.</param>
/// <param name="Failure">What follows <paramref name="Lead"/> in the record of an image that could not be read, and in no other.</param>
/// <param name="QuotesHoldLines">Whether a line break between quotes belongs to the record.</param>
public sealed record ScoreText(string? Header, Func<string, string?, string> Lead, string Failure, bool QuotesHoldLines);
