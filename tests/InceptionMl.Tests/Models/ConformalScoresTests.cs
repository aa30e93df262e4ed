using InceptionMl.Models.Internal;

namespace InceptionMl.Tests.Models;

public sealed class ConformalScoresTests
{
    // The true label's probability is 0.9, 0.8 and so on to 0.1: of the nine the k-th strangest has a score of k / 10.
    private static readonly (int, float[])[] Nine = [.. Enumerable.Range(1, 9).Select(i => (0, (float[])[1 - (i / 10f), i / 10f]))];

    [Theory]
    [InlineData(0.8, 0.8f)]
    [InlineData(0.9, 0.9f)]
    [InlineData(0.91, float.PositiveInfinity)]
    [InlineData(0.05, 0.1f)]
    public void The_limit_is_the_score_at_the_place_that_the_coverage_asks_for(double coverage, float limit)
    {
        // By hand: place ceil((9 + 1) coverage) of the nine.
        ConformalScores scores = ConformalScores.Create(ConformalMethod.Lac, Nine);

        Assert.All(scores.Limits(coverage, 2), found => Assert.Equal(limit, found, 1e-6f));
    }

    [Fact]
    public void Each_class_has_its_own_limit_where_all_have_images_enough()
    {
        (int, float[])[] both = [.. Nine, .. Enumerable.Range(1, 9).Select(i => (1, (float[])[i / 20f, 1 - (i / 20f)]))];
        ConformalScores scores = ConformalScores.Create(ConformalMethod.Lac, both);

        Assert.Equal([0.8f, 0.4f], scores.Limits(0.8, 2).Select(limit => MathF.Round(limit, 4)));
        Assert.Single(scores.Limits(0.89, 2).Distinct());
        Assert.Single(scores.Limits(0.8, 3).Distinct());
    }

    [Theory]
    [InlineData(ConformalMethod.Lac, 0.5f, new[] { 1 })]
    [InlineData(ConformalMethod.Lac, 0.7f, new[] { 1, 2 })]
    [InlineData(ConformalMethod.Lac, 0.1f, new[] { 1 })]
    [InlineData(ConformalMethod.Aps, 0.79f, new[] { 1 })]
    [InlineData(ConformalMethod.Aps, 0.85f, new[] { 1, 2 })]
    [InlineData(ConformalMethod.Aps, 1f, new[] { 1, 2, 0 })]
    [InlineData(ConformalMethod.Raps, 1.02f, new[] { 1, 2 })]
    [InlineData(ConformalMethod.Raps, 1.06f, new[] { 1, 2, 0 })]
    public void A_set_holds_the_labels_that_are_not_stranger_than_the_limit_or_the_most_probable(ConformalMethod method, float limit, int[] expected)
    {
        // LAC scores by hand: 0.8, 0.5, 0.7 (as 1 - p); APS: 1, 0.5, 0.8; RAPS adds 0.05 to the third of the order.
        ConformalScores scores = ConformalScores.Create(method, []);

        Assert.Equal(expected, scores.Set([0.2f, 0.5f, 0.3f], [limit + 1e-4f, limit + 1e-4f, limit + 1e-4f]));
    }

    [Fact]
    public void New_images_of_the_same_kind_are_covered_as_wanted()
    {
        Random random = new(4);
        (int Label, float[] Probabilities)[] images = [.. Enumerable.Range(0, 8000).Select(_ => Draw(random))];
        foreach (ConformalMethod method in Enum.GetValues<ConformalMethod>())
        {
            ConformalScores scores = ConformalScores.Create(method, images[..4000]);
            float[] limits = scores.Limits(0.9, 4);

            Assert.InRange(images[4000..].Count(image => scores.Set(image.Probabilities, limits).Contains(image.Label)) / 4000.0, 0.885, 0.92);
        }
    }

    [Fact]
    public void Bytes_give_the_same_scores()
    {
        ConformalScores scores = ConformalScores.Create(ConformalMethod.Raps, Nine);
        ConformalScores again = ConformalScores.Parse(scores.ToBytes(), 2)!;

        Assert.Equal(scores.ToBytes(), again.ToBytes());
        Assert.Equal((ConformalMethod.Raps, 9), (again.Method, again.Images));
        Assert.Null(ConformalScores.Parse(scores.ToBytes(), 0));
        Assert.Null(ConformalScores.Parse(scores.ToBytes().AsSpan(1), 2));
        Assert.Null(ConformalScores.Parse(scores.ToBytes().AsSpan(0, 20), 2));
        Assert.Null(ConformalScores.Parse([], 2));
    }

    private static (int, float[]) Draw(Random random)
    {
        float[] probabilities = [.. Enumerable.Range(0, 4).Select(_ => 6 * random.NextSingle())];
        Softmax.InPlace(probabilities);
        double at = random.NextDouble();
        int label = 0;
        while (label < 3 && (at -= probabilities[label]) > 0)
        {
            label++;
        }

        return (label, probabilities);
    }
}
