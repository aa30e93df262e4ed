using System.Numerics.Tensors;

namespace InceptionMl.Training.Features;

/// <summary>Finds the images most alike to one, by the cosine between their features.</summary>
/// <param name="features">The features of the images.</param>
/// <param name="groupOf">The group of each row; an image's own group is never near it.</param>
internal sealed class NearestImages(FeatureMatrix features, Func<int, int> groupOf)
{
    private readonly float[] norms = [.. Enumerable.Range(0, features.Rows).Select(row => TensorPrimitives.Norm<float>(features.Row(row)))];

    /// <summary>Gets the rows most alike to one, the nearest first; of equals, the first.</summary>
    /// <param name="row">The row.</param>
    /// <param name="count">How many, at most.</param>
    public IReadOnlyList<int> Of(int row, int count) =>
    [
        .. Enumerable.Range(0, features.Rows)
            .Where(other => groupOf(other) != groupOf(row))
            .Select(other => (Row: other, Cosine: Cosine(row, other)))
            .OrderByDescending(other => other.Cosine)
            .Take(count)
            .Select(other => other.Row),
    ];

    private float Cosine(int one, int other) => norms[one] * norms[other] is > 0 and float product
        ? TensorPrimitives.Dot<float>(features.Row(one), features.Row(other)) / product
        : 0;
}
