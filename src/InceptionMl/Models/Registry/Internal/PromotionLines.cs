using System.Globalization;
using System.Text.Json;
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
                $"{files.PromotionsPath}, line {line}: this records no promotion; mend the line or remove it")));
        }

        return promotions;
    }

    public static byte[] Write(IEnumerable<Promotion> promotions)
    {
        using MemoryStream file = new();
        foreach (Promotion promotion in promotions.TakeLast(MostKept))
        {
            using (Utf8JsonWriter json = new(file))
            {
                json.WriteStartObject();
                json.WriteString("version", promotion.Version);
                json.WriteString("from", promotion.From);
                json.WriteString("time", promotion.Time.UtcDateTime);
                json.WriteString("reason", promotion.Reason);
                json.WriteBoolean("rollback", promotion.IsRollback);
                json.WriteEndObject();
            }

            file.WriteByte(NewLine);
        }

        return file.ToArray();
    }

    private static Promotion? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line, new JsonReaderOptions { MaxDepth = 4 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement json = document.RootElement;
            string? from = json.GetProperty("from").GetString();
            string version = json.GetProperty("version").GetString() ?? string.Empty;
            return VersionName.IsValid(version) && (from is null || VersionName.IsValid(from)) && reader.BytesConsumed == line.Length
                ? new Promotion(
                    version,
                    from,
                    DateTimeOffset.Parse(json.GetProperty("time").GetString() ?? string.Empty, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                    SingleLineText.Clean(json.GetProperty("reason").GetString() ?? string.Empty, LongestReason),
                    json.GetProperty("rollback").GetBoolean())
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
