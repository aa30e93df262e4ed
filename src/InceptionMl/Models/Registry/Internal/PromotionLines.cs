using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Internal;

namespace InceptionMl.Models.Registry.Internal;

/// <summary>The record of promotions as a file: a JSON object per line.</summary>
public static class PromotionLines
{
    public const int MostKept = 1_000;
    public const int LongestReason = 1_000;
    private const int MaxFile = 16 << 20;
    private const byte NewLine = (byte)'\n';

    /// <exception cref="RegistryException">A line is no promotion.</exception>
    public static IReadOnlyList<Promotion> Read(RegistryFolder files)
    {
        List<Promotion> promotions = [];
        ReadOnlySpan<byte> rest = files.Read(files.PromotionsPath, MaxFile);
        for (int line = 1; !rest.IsEmpty; line++)
        {
            int end = rest.IndexOf(NewLine);
            ReadOnlySpan<byte> text = (end < 0 ? rest : rest[..end]).TrimEnd("\r"u8);
            rest = end < 0 ? [] : rest[(end + 1)..];
            promotions.Add(Parse(text) ?? throw new RegistryException(FormattableString.Invariant(
                $"{files.PromotionsPath}, line {line}: this records no promotion; mend the line or remove it"))
            { Path = files.PromotionsPath });
        }

        return promotions;
    }

    public static byte[] Write(IEnumerable<Promotion> promotions)
    {
        using MemoryStream file = new();
        foreach (Promotion promotion in promotions.TakeLast(MostKept))
        {
            JsonSerializer.Serialize(
                file,
                new PromotionLine(promotion.Version, promotion.From, promotion.Time, promotion.Reason, promotion.IsRollback),
                PromotionJson.Default.PromotionLine);
            file.WriteByte(NewLine);
        }

        return file.ToArray();
    }

    private static Promotion? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            PromotionLine? line = JsonSerializer.Deserialize(text, PromotionJson.Default.PromotionLine);
            return line is { Version: { } version } && VersionName.IsValid(version) && (line.From is null || VersionName.IsValid(line.From))
                ? new Promotion(version, line.From, line.Time, SingleLineText.Clean(line.Reason ?? string.Empty, LongestReason), line.Rollback)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A line of the file. Its properties are the keys, in their order.</summary>
internal sealed record PromotionLine(string? Version, string? From, [property: JsonConverter(typeof(UtcTime))] DateTimeOffset Time, string? Reason, bool Rollback);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, MaxDepth = 4)]
[JsonSerializable(typeof(PromotionLine))]
internal sealed partial class PromotionJson : JsonSerializerContext;

/// <summary>Writes a time in UTC, and reads it in any form that people write.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}

/// <summary>
/// What was promoted, and so where a rollback leads. A promotion is recorded before <c>current</c> is switched; a process killed between
/// the two leaves a last line that never took effect, and such a line is known by <c>current</c> still naming what it came from.
/// </summary>
/// <param name="Promotions">Those that took effect, oldest first.</param>
/// <param name="Current">The promoted version, or null.</param>
public sealed record PromotionHistory(IReadOnlyList<Promotion> Promotions, string? Current)
{
    public static PromotionHistory Read(RegistryFolder files)
    {
        // In this order a promotion made meanwhile is at most missing from the record, never taken for one that was not made.
        string? current = files.ReadCurrent();
        IReadOnlyList<Promotion> recorded = PromotionLines.Read(files);
        bool lastWasCutOff = recorded is [.., { } last] && last.Version != current && last.From == current;
        return new PromotionHistory(lastWasCutOff ? [.. recorded.SkipLast(1)] : recorded, current);
    }

    /// <summary>Gets the versions a rollback would go back to, nearest first: a rollback undoes the promotion it steps over.</summary>
    public IReadOnlyList<string> Earlier()
    {
        List<string> path = [];
        foreach (Promotion promotion in Promotions)
        {
            if (promotion.IsRollback)
            {
                path.RemoveRange(path.LastIndexOf(promotion.Version) + 1, path.Count - path.LastIndexOf(promotion.Version) - 1);
            }

            if (!promotion.IsRollback || path.Count == 0)
            {
                path.Add(promotion.Version);
            }
        }

        // Somebody may have written the file by hand.
        if (Current is not null && path.LastOrDefault() != Current)
        {
            path.Add(Current);
        }

        return [.. path.SkipLast(1).Reverse().Where(version => version != Current).Distinct(StringComparer.Ordinal)];
    }
}
