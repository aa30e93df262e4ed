namespace InceptionMl.Training.Tests.Heads;

public sealed class SoftmaxObjectiveTests
{
    [Theory]
    [InlineData(37, 5, 2)]
    [InlineData(70, 65, 3)]
    [InlineData(133, 20, 7)]
    public void The_gradient_is_the_slope_of_the_value(int count, int width, int classes)
    {
        HeadTrainingSet set = Samples.Clustered(count, width, classes);
        StandardizedRows rows = new(set.Features, set.Rows, Standardization.Compute(set.Features, set.Rows, []));
        float[] weights = [.. Enumerable.Range(0, count).Select(i => 1f + (i % 3))];
        SoftmaxObjective objective = new(rows, set.Labels, weights, classes, 2, CancellationToken.None) { L2 = 0.1 };
        Random random = new(3);
        double[] point = [.. Enumerable.Range(0, objective.Parameters).Select(i => IsPadding(i) ? 0 : random.NextDouble() - 0.5)];
        double[] direction = [.. Enumerable.Range(0, objective.Parameters).Select(i => IsPadding(i) ? 0 : random.NextDouble() - 0.5)];
        double[] gradient = new double[objective.Parameters];
        double[] unused = new double[objective.Parameters];

        objective.Evaluate(point, gradient);
        const double step = 1e-2;
        double ahead = objective.Evaluate([.. point.Zip(direction, (p, d) => p + (step * d))], unused);
        double behind = objective.Evaluate([.. point.Zip(direction, (p, d) => p - (step * d))], unused);

        double slope = gradient.Zip(direction, (g, d) => g * d).Sum();
        Assert.Equal((ahead - behind) / (2 * step), slope, 2e-3 * Math.Max(1, Math.Abs(slope)));
        bool IsPadding(int i) => i < classes * rows.Stride && i % rows.Stride >= width;
    }

    [Fact]
    public void Narrow_and_wide_registers_agree()
    {
        Random random = new(5);
        float[] x = [.. Enumerable.Range(0, 8 * 128).Select(_ => random.NextSingle() - 0.5f)];
        float[] w = [.. Enumerable.Range(0, 4 * 128).Select(_ => random.NextSingle() - 0.5f)];
        float[] wide = new float[8 * 4], narrow = new float[8 * 4];
        RowBlockProduct.Logits<WideLanes>(x, 8, 128, w, 4, wide);
        RowBlockProduct.Logits<NativeLanes>(x, 8, 128, w, 4, narrow);
        float[] wideGradient = new float[4 * 128], narrowGradient = new float[4 * 128];
        RowBlockProduct.AddGradient<WideLanes>(x, 8, 128, wide, 4, wideGradient);
        RowBlockProduct.AddGradient<NativeLanes>(x, 8, 128, wide, 4, narrowGradient);

        Assert.Equal(wide.Length, wide.Zip(narrow).Count(pair => Math.Abs(pair.First - pair.Second) < 1e-4));
        Assert.Equal(wideGradient.Length, wideGradient.Zip(narrowGradient).Count(pair => Math.Abs(pair.First - pair.Second) < 1e-4));
        Assert.Equal(Enumerable.Range(0, 128).Sum(f => (double)x[f] * w[f]), wide[0], 1e-4);
    }
}
