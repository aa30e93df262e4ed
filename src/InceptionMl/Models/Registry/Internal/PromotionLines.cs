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
