using InceptionMl.Training.Statistics;

namespace InceptionMl.Training.Tests.Statistics;

public sealed class FisherExactTests
{
    [Theory]
    [InlineData(3, 4, 1, 4, 0.4857143)]
    [InlineData(8, 10, 2, 10, 0.0230141)]
    [InlineData(1, 12, 9, 12, 0.0027595)]
    [InlineData(5, 5, 7, 7, 1)]
    [InlineData(0, 0, 3, 4, 1)]
    [InlineData(930, 1000, 80, 100, 0.0000618)]
    public void The_probability_is_that_of_other_programs(int firstPart, int first, int secondPart, int second, double expected) =>
        Assert.Equal(expected, FisherExact.PValue(firstPart, first, secondPart, second), 1e-6);

    [Fact]
    public void Many_images_are_no_trouble() => Assert.InRange(FisherExact.PValue(900_000, 1_000_000, 890_000, 1_000_000), 0, 1e-100);
}
