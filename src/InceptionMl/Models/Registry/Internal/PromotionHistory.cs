namespace InceptionMl.Models.Registry.Internal;

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
