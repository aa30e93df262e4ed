using System.Collections;
using System.Runtime.CompilerServices;

namespace InceptionMl.Training.Pipelines;

/// <summary>An immutable list that equals another with equal items in the same order, so that records holding it compare by value.</summary>
/// <typeparam name="T">What it holds.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] items;

    internal ValueList(ReadOnlySpan<T> items) => this.items = items.ToArray();

    /// <summary>How many items.</summary>
    public int Count => items.Length;

    /// <summary>The item at a place.</summary>
    /// <param name="index">From 0.</param>
    public T this[int index] => items[index];

    /// <summary>Whether both hold equal items in the same order.</summary>
    /// <param name="other">The other list.</param>
    public bool Equals(ValueList<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (T item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    /// <summary>The items, with commas.</summary>
    public override string ToString() => "[" + string.Join(", ", items) + "]";

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
