using System.Text.Json;

namespace InceptionMl.Training.Pipelines.Json;

/// <summary>A JSON value and the offset where it begins.</summary>
internal sealed record LocatedValue(JsonValueKind Kind, int Offset)
{
    public string Text { get; init; } = string.Empty;

    public double Number { get; init; }

    public IReadOnlyList<LocatedMember> Members { get; init; } = [];

    public IReadOnlyList<LocatedValue> Items { get; init; } = [];

    public LocatedValue? this[string name] => Members.FirstOrDefault(m => m.Name == name)?.Value;
}
