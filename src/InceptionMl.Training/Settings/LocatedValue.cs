using System.Globalization;
using System.Text.Json;

namespace InceptionMl.Training;

/// <summary>A JSON value and the offset where it begins.</summary>
internal sealed record LocatedValue(JsonValueKind Kind, int Offset)
{
    public string Text { get; init; } = string.Empty;

    public double Number { get; init; }

    public IReadOnlyList<LocatedMember> Members { get; init; } = [];

    public IReadOnlyList<LocatedValue> Items { get; init; } = [];

    public LocatedValue? this[string name] => Members.FirstOrDefault(m => m.Name == name)?.Value;

    /// <summary>The value at a path of keys and indices with slashes between; null where there is none.</summary>
    public LocatedValue? Find(string path)
    {
        LocatedValue? found = this;
        foreach (string step in path.Split('/'))
        {
            found = found?.Kind == JsonValueKind.Array ? found.Items[int.Parse(step, CultureInfo.InvariantCulture)] : found?[step];
        }

        return found;
    }

    /// <summary>What it is, for a sentence that says it should be something else.</summary>
    public string DescribeKind() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text {QuotedText.Quote(Text)}",
        JsonValueKind.Number => FormattableString.Invariant($"the number {Number}"),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    /// <summary>The value as plain JSON by itself.</summary>
    public JsonElement ToElement()
    {
        using MemoryStream plain = new();
        using (Utf8JsonWriter writer = new(plain))
        {
            Write(writer);
        }

        return JsonElement.Parse(plain.ToArray());
    }

    /// <summary>The value as plain JSON, whole numbers without a fraction.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (LocatedMember member in Members)
                {
                    writer.WritePropertyName(member.Name);
                    member.Value.Write(writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (LocatedValue item in Items)
                {
                    item.Write(writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Text);
                break;
            case JsonValueKind.Number when Number == (long)Number && Math.Abs(Number) < 1e15:
                writer.WriteNumberValue((long)Number);
                break;
            case JsonValueKind.Number:
                writer.WriteNumberValue(Number);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBooleanValue(Kind == JsonValueKind.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}

/// <summary>A member of a JSON object and the offset where its name begins.</summary>
internal sealed record LocatedMember(string Name, int Offset, LocatedValue Value);
