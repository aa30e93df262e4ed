using InceptionMl.Models.Internal;

namespace InceptionMl.Tests.Scoring;

public sealed class LinearHeadTests
{
    private static readonly LinearHead Head = new(2, [1, 0, 0, 1, -1, -1], [0, 0.5f, 1]);

    [Fact]
    public void Probabilities_are_the_softmax_of_the_logits()
    {
        float[] probabilities = new float[3];

        Head.Probabilities([2, 1], probabilities);

        double[] expected = [Math.Exp(2), Math.Exp(1.5), Math.Exp(-2)];
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(expected[c] / expected.Sum(), probabilities[c], 1e-6);
        }
    }

    [Fact]
    public void Huge_logits_do_not_overflow()
    {
        float[] probabilities = new float[3];

        Head.Probabilities([1e30f, 0], probabilities);

        Assert.Equal([1f, 0f, 0f], probabilities);
    }

    [Fact]
    public void A_temperature_flattens_without_changing_the_order()
    {
        float[] sharp = new float[3];
        float[] flat = new float[3];

        Head.Probabilities([2, 1], sharp);
        Head.Probabilities([2, 1], flat, temperature: 4);

        Assert.True(flat[0] < sharp[0] && flat[2] > sharp[2] && flat[0] > flat[1] && flat[1] > flat[2]);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused() => Assert.Throws<ArgumentException>(() => new LinearHead(2, new float[5], new float[3]));

    [Fact]
    public void Values_that_are_not_finite_are_refused() => Assert.Throws<ArgumentException>(() => new LinearHead(1, [float.NaN, 0], [0, 0]));
}
