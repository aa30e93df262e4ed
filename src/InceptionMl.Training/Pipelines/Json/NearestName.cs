namespace InceptionMl.Training.Pipelines.Json;

/// <summary>The name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>A hint that follows a complaint: the nearest of the names, or all of them.</summary>
    public static string Hint(string written, IReadOnlyList<string> names)
    {
        (string name, int distance) = names.Select(n => (n, Distance(written, n))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, name.Length / 3)
            ? $"; did you mean \"{name}\"?"
            : $": it may be {string.Join(", ", names.SkipLast(1).Select(n => $"\"{n}\""))}{(names.Count > 1 ? " or " : string.Empty)}\"{names[^1]}\"";
    }

    // Damerau 1964 and Levenshtein 1966: letters changed, left out, put in or exchanged with their neighbour; capitals count alike.
    private static int Distance(string written, string name)
    {
        if (written.Length > 2 * name.Length)
        {
            return int.MaxValue;
        }

        (string a, string b) = (written.ToLowerInvariant(), name.ToLowerInvariant());
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
