using System.Text.Json;

namespace InceptionMl.Training;

/// <summary>Reads JSON with comments and trailing commas, every value with its place; a name given twice is refused.</summary>
internal static class LocatedReader
{
    private const int MaxDepth = 32;

    /// <exception cref="PipelineException">The text is not JSON.</exception>
    public static LocatedValue Read(SourceText source)
    {
        Utf8JsonReader reader = new(source.Utf8, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaxDepth,
        });
        try
        {
            reader.Read();
            LocatedValue root = Value(ref reader, source);
            reader.Read();
            return root;
        }
        catch (JsonException exception)
        {
            int place = source.Offset(exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
            throw source.Wrong(place, $"this is not JSON: {Complaint(exception)}", exception);
        }
    }

    private static LocatedValue Value(ref Utf8JsonReader reader, SourceText source)
    {
        int offset = (int)reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new LocatedValue(JsonValueKind.Object, offset) { Members = Members(ref reader, source) },
            JsonTokenType.StartArray => new LocatedValue(JsonValueKind.Array, offset) { Items = Items(ref reader, source) },
            JsonTokenType.String => new LocatedValue(JsonValueKind.String, offset) { Text = Text(ref reader, source) },
            JsonTokenType.Number => new LocatedValue(JsonValueKind.Number, offset) { Number = Number(ref reader, source) },
            JsonTokenType.True => new LocatedValue(JsonValueKind.True, offset),
            JsonTokenType.False => new LocatedValue(JsonValueKind.False, offset),
            _ => new LocatedValue(JsonValueKind.Null, offset),
        };
    }

    private static List<LocatedMember> Members(ref Utf8JsonReader reader, SourceText source)
    {
        List<LocatedMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            int offset = (int)reader.TokenStartIndex;
            string name = Text(ref reader, source);
            if (!names.Add(name))
            {
                throw source.Wrong(offset, $"{QuotedText.Quote(name)} stands here a second time: keep one of them");
            }

            reader.Read();
            members.Add(new LocatedMember(name, offset, Value(ref reader, source)));
        }

        return members;
    }

    private static List<LocatedValue> Items(ref Utf8JsonReader reader, SourceText source)
    {
        List<LocatedValue> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, source));
        }

        return items;
    }

    private static string Text(ref Utf8JsonReader reader, SourceText source)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw source.Wrong((int)reader.TokenStartIndex, "half a surrogate pair is no character", exception);
        }
    }

    private static double Number(ref Utf8JsonReader reader, SourceText source) => reader.TryGetDouble(out double number) && double.IsFinite(number)
        ? number
        : throw source.Wrong((int)reader.TokenStartIndex, "the number is too large");

    // The parser adds the place in its own words; ours stands in front already.
    private static string Complaint(JsonException exception)
    {
        int place = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return QuotedText.Shorten((place < 0 ? exception.Message : exception.Message[..place]).Split(" Change the reader options")[0]);
    }
}
