using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using InceptionMl.Images;
using InceptionMl.Internal;

namespace InceptionMl.Models.Internal;

/// <summary>JSON of the cards: source-generated, so that no type is ever chosen by what a file says.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    MaxDepth = 32,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ResizeModeJson)])]
[JsonSerializable(typeof(BackboneCard))]
[JsonSerializable(typeof(ModelCard))]
public sealed partial class CardJson : JsonSerializerContext
{
    /// <summary>What a parser's complaint means to the person who wrote the file.</summary>
    public static string Explain(JsonException exception) =>
        Missing().Match(exception.Message) is { Success: true } missing ? Names(exception.Path, missing.Groups["names"].Value)
        : exception.LineNumber is long line
            ? FormattableString.Invariant($"line {line + 1}, position {exception.BytePositionInLine + 1}, at {exception.Path ?? "$"}: not the JSON expected there")
        : exception.Message.TrimEnd('.');

    private static string Names(string? path, string missing)
    {
        string[] names = missing.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string where = path is null or "$" ? "" : $" in {path[2..]}";
        return $"{string.Join(" and ", names)} {(names.Length == 1 ? "is" : "are")} missing{where}";
    }

    [GeneratedRegex(@"missing required properties including: (?<names>'[^.;]*')")]
    private static partial Regex Missing();

    /// <summary>Writes a resize mode in lower case and reads it in any.</summary>
    internal sealed class ResizeModeJson() : JsonStringEnumConverter<ResizeMode>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
}

/// <summary>Reads and checks backbone cards for readers that know what a message is about.</summary>
public static class BackboneCardReading
{
    /// <summary>Reads a card.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="subject">What a message is about.</param>
    public static BackboneCard Parse(ReadOnlySpan<byte> json, Subject subject) => BackboneCard.Parse(json, subject);

    /// <summary>Checks every value's range.</summary>
    /// <param name="card">The card.</param>
    /// <param name="subject">What a message is about.</param>
    public static void Require(this BackboneCard card, Subject subject) => card.Validate(subject);
}
