namespace InceptionMl.Training.Pipelines;

/// <summary>Makes a <see cref="ValueList{T}"/> of a collection expression.</summary>
public static class ValueList
{
    /// <summary>A list of the items given.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="items">Copied.</param>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items);
}
