namespace InceptionMl.Training.Pipelines.Json;

/// <summary>A member of a JSON object and the offset where its name begins.</summary>
internal sealed record LocatedMember(string Name, int Offset, LocatedValue Value);
