namespace InceptionMl.Training.Tests.Training;

public sealed class TrainedBankTests
{
    [Theory]
    [InlineData(0.01, 1f)]
    [InlineData(0.1, 0.9f)]
    [InlineData(0.2, 0.8f)]
    public void The_wanted_share_is_above_the_distance_and_of_few_none(double share, float expected) =>
        Assert.Equal(expected, TrainedBank.Quantile([.. Enumerable.Range(1, 10).Select(i => i / 10f)], share));

    [Fact]
    public void Images_with_none_of_the_labels_place_the_distance_between_them_and_the_others()
    {
        Assert.Equal(0.5f, TrainedBank.Between([0.1f, 0.2f, 0.4f], [0.6f, 0.9f]), 1e-6f);

        // By hand: above 0.35 lie one of four own images and all foreign ones; no other place gives less than a quarter in all.
        Assert.Equal(0.35f, TrainedBank.Between([0.1f, 0.2f, 0.3f, 0.7f], [0.4f, 0.5f]), 1e-6f);
    }
}
