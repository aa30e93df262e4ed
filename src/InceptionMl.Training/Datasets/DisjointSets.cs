namespace InceptionMl.Training.Datasets;

/// <summary>Numbers in sets that only grow together.</summary>
internal sealed class DisjointSets
{
    private readonly int[] setOf;
    private readonly List<int>[] members;

    private DisjointSets(int[] setOf, List<int>[] members) => (this.setOf, this.members) = (setOf, members);

    /// <summary>Puts each number from 0 to <paramref name="count"/> - 1 into a set of its own.</summary>
    public DisjointSets(int count)
    {
        setOf = [.. Enumerable.Range(0, count)];
        members = [.. setOf.Select(number => new List<int> { number })];
    }

    /// <summary>Gets the sets, each with its numbers ascending, in the order of their first numbers.</summary>
    public IEnumerable<IReadOnlyList<int>> Sets => members.Where(set => set.Count > 0).Select(set => set.Order().ToArray()).OrderBy(set => set[0]);

    /// <summary>Gets a copy that can grow by itself.</summary>
    public DisjointSets Clone() => new([.. setOf], [.. members.Select(set => new List<int>(set))]);

    /// <summary>Determines whether two numbers are in one set.</summary>
    public bool AreOne(int first, int second) => setOf[first] == setOf[second];

    /// <summary>Makes the sets of two numbers one.</summary>
    public void Join(int first, int second)
    {
        (int into, int from) = members[setOf[first]].Count >= members[setOf[second]].Count ? (setOf[first], setOf[second]) : (setOf[second], setOf[first]);
        if (into == from)
        {
            return;
        }

        foreach (int member in members[from])
        {
            setOf[member] = into;
        }

        members[into].AddRange(members[from]);
        members[from].Clear();
    }

    /// <summary>Makes the numbers of equal keys one set.</summary>
    /// <param name="keys">The key of each number; null for a number that has none.</param>
    public void JoinEqual<TKey>(IEnumerable<TKey?> keys)
        where TKey : notnull
    {
        Dictionary<TKey, int> first = [];
        foreach ((int number, TKey? key) in keys.Index())
        {
            if (key is not null && !first.TryAdd(key, number))
            {
                Join(first[key], number);
            }
        }
    }
}
