using System.Collections;

namespace InceptionMl.Training;

/// <summary>Makes a <see cref="ValueList{T}"/>.</summary>
internal static class ValueList
{
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items);

    public static ValueList<T> Copy<T>(IEnumerable<T> items) => items as ValueList<T> ?? new ValueList<T>(items.ToArray());
}

/// <summary>An immutable list that equals another with equal items in the same order, so that records holding it compare by value.</summary>
internal sealed class ValueList<T>(ReadOnlySpan<T> items) : IReadOnlyList<T>
{
    private readonly T[] items = items.ToArray();

    public static ValueList<T> Empty { get; } = new([]);

    public int Count => items.Length;

    public T this[int index] => items[index];

    public override bool Equals(object? obj) => obj is ValueList<T> other && items.AsSpan().SequenceEqual(other.items);

    public override int GetHashCode() => items.Aggregate(0, HashCode.Combine);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    public override string ToString() => "[" + string.Join(", ", items) + "]";
}
