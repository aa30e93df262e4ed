using InceptionMl.Models.Internal;

namespace InceptionMl.Training.Tests.Heads;

public sealed class OutOfFoldTests
{
    [Theory]
    [InlineData(3, 4)]
    [InlineData(9, 10)]
    [InlineData(11, 20)]
    public void The_temperature_makes_the_probability_the_share_that_is_right(int right, int of)
    {
        // By hand: two classes, always the same logits (2, 0), of which a share is right: 1 / (1 + exp(-2 / T)) is that share.
        float[][] logits = [.. Enumerable.Repeat((float[])[2, 0], of)];
        int[] labels = [.. Enumerable.Range(0, of).Select(i => i < right ? 0 : 1)];
        double share = right / (double)of;

        double found = Temperature.Fit(logits, labels);

        Assert.Equal(2 / Math.Log(share / (1 - share)), found, 1e-6);
        Assert.Equal((-share * Math.Log(share)) - ((1 - share) * Math.Log(1 - share)), Temperature.LogLoss(logits, labels, found), 1e-9);
    }

    [Fact]
    public void Logits_that_were_multiplied_are_divided_again()
    {
        OutOfFold fair = Draw(2000, factor: 1);
        OutOfFold bold = Draw(2000, factor: 3);

        Assert.Equal(3, bold.Calibrate().Temperature / Temperature.Fit(fair.Logits, fair.Labels), 1e-4);
        Assert.True(bold.Calibrate().LogLoss < bold.Calibrate().LogLossBefore);
    }

    [Fact]
    public void A_temperature_that_would_not_have_helped_unseen_folds_is_not_kept()
    {
        ModelCalibration fair = Draw(60, factor: 1).Calibrate();
        ModelCalibration few = Draw(40, factor: 3).Calibrate();

        Assert.Equal((1, 60), (fair.Temperature, fair.Images));
        Assert.Equal(fair.LogLossBefore, fair.LogLoss);
        Assert.Equal(1, few.Temperature);
    }

    [Fact]
    public void A_head_divided_by_a_temperature_gives_the_same_probabilities_without_it()
    {
        LinearHead head = new(2, [1.5f, -2, 0.25f, 3], [0.5f, -1]);
        float[] before = new float[2];
        float[] after = new float[2];
        head.Probabilities([0.3f, 0.7f], before, 1.7);
        head.Divide(1.7).Probabilities([0.3f, 0.7f], after);

        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    private static OutOfFold Draw(int images, float factor)
    {
        Random random = new(5);
        float[][] logits = new float[images][];
        int[] labels = new int[images];
        for (int i = 0; i < images; i++)
        {
            logits[i] = [.. Enumerable.Range(0, 3).Select(_ => 4 * random.NextSingle())];
            float[] probabilities = [.. logits[i]];
            Softmax.InPlace(probabilities);
            double at = random.NextDouble();
            labels[i] = at < probabilities[0] ? 0 : at < probabilities[0] + probabilities[1] ? 1 : 2;
            logits[i] = [.. logits[i].Select(value => factor * value)];
        }

        return new OutOfFold(logits, labels, [.. Enumerable.Range(0, images).Select(i => i % 5)]);
    }
}
