using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Images;

namespace InceptionMl.Models;

/// <summary>JSON of the cards: source-generated, so that no type is ever chosen by what a file says.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    MaxDepth = 32,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ResizeModeJson)])]
[JsonSerializable(typeof(BackboneCard))]
[JsonSerializable(typeof(ModelCard))]
internal sealed partial class CardJson : JsonSerializerContext
{
    /// <summary>What a parser's complaint means to the person who wrote the file.</summary>
    public static string Explain(JsonException exception) => exception.LineNumber is long line
        ? FormattableString.Invariant($"line {line + 1}, position {exception.BytePositionInLine + 1}, at {exception.Path ?? "$"}: not the JSON expected there")
        : exception.Message;

    /// <summary>Writes a resize mode in lower case and reads it in any.</summary>
    internal sealed class ResizeModeJson() : JsonStringEnumConverter<ResizeMode>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
}
