namespace InceptionMl.Internal;

/// <summary>Finds the name that was probably meant. For the packages of InceptionMl; it may change with any version.</summary>
public static class NearestName
{
    private const int ShortestPrefix = 3;

    /// <summary>Finds the name that was probably meant.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="names">The names there are.</param>
    /// <returns>The name that is at most a third of its letters away, or that begins with what was written; null if there is none.</returns>
    public static string? Find(string written, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(names);
        string[] all = [.. names];
        if (all.Length == 0)
        {
            return null;
        }

        (string name, int distance) = all.Select(n => (n, Distance(written, n))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, name.Length / 3)
            ? name
            : written.Length >= ShortestPrefix ? all.FirstOrDefault(n => n.StartsWith(written, StringComparison.OrdinalIgnoreCase)) : null;
    }

    /// <summary>Orders names by how near they are to what was written.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="names">The names there are.</param>
    /// <returns>The names, nearest first.</returns>
    public static IEnumerable<string> Order(string written, IEnumerable<string> names) => names.OrderBy(name => Distance(written, name));

    // Damerau 1964 and Levenshtein 1966: letters changed, left out, put in or exchanged with their neighbor; capitals count alike.
    private static int Distance(string written, string name)
    {
        if (written.Length > 2 * Math.Max(name.Length, 1))
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
