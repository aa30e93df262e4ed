using InceptionMl.Models.Internal;

namespace InceptionMl.Tests.Models;

public sealed class FeatureBankTests
{
    [Fact]
    public void The_distance_is_one_less_the_cosine_to_the_nearest()
    {
        FeatureBank bank = Create([[3, 4], [1, 0]]);

        // By hand: the cosines of (0, 1) are 4/5 and 0.
        Assert.Equal(0.2f, bank.Distance(bank.Project([0, 7])), 2e-3f);
        Assert.Equal((1, 0.4f), Rounded(bank.Nearest(bank.Project([3, 4]), place => place == 1)));
        Assert.Equal(-1, bank.Nearest(bank.Project([3, 4]), _ => false).Place);
    }

    [Fact]
    public void Bytes_give_the_same_bank()
    {
        FeatureBank bank = Create([[3, 4], [1, 0], [0, 0]]);
        FeatureBank again = FeatureBank.Parse(bank.ToBytes(), 2)!;

        Assert.Equal(bank.Vectors, again.Vectors);
        Assert.Equal(bank.ToBytes(), again.ToBytes());
        Assert.Null(FeatureBank.Parse(bank.ToBytes(), 3));
        Assert.Null(FeatureBank.Parse(bank.ToBytes().AsSpan(1), 2));
        Assert.Null(FeatureBank.Parse(bank.ToBytes().AsSpan(0, 17), 2));
        Assert.Null(FeatureBank.Parse([], 2));
    }

    [Fact]
    public void Long_vectors_are_projected_to_few_values_and_keep_their_cosines()
    {
        const int Width = 2048;
        Random random = new(1);
        FeatureProjection projection = new(Width);
        float[][] vectors = [.. Enumerable.Range(0, 40).Select(_ => (float[])[.. Enumerable.Range(0, Width).Select(_ => random.NextSingle())])];

        // Of the pairs of a vector and one mixed from it and another, the cosine is known.
        double[] errors = [.. Enumerable.Range(0, 39).Select(i =>
        {
            float[] mixed = [.. vectors[i].Zip(vectors[i + 1], (one, other) => (0.7f * one) - (0.7f * other))];
            return (double)Cosine(projection.Project(vectors[i]), projection.Project(mixed)) - Cosine(vectors[i], mixed);
        })];

        Assert.Equal(FeatureProjection.MostValues, projection.Values);
        Assert.Equal(1, Cosine(projection.Project(vectors[0]), new FeatureProjection(Width).Project(vectors[0])), 1e-5f);
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 0, 0.06);
        Assert.InRange(FeatureBank.MostBytes, 1, 1 << 20);
    }

    private static FeatureBank Create(float[][] rows)
    {
        FeatureProjection projection = new(rows[0].Length);
        return FeatureBank.Create(projection, [.. rows.Select(row => projection.Project(row))]);
    }

    private static (int, float) Rounded((int Place, float Distance) nearest) => (nearest.Place, MathF.Round(nearest.Distance, 2));

    private static float Cosine(float[] one, float[] other) => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(one, other);
}
