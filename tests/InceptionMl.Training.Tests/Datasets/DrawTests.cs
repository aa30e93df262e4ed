using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class DrawTests
{
    [Theory]
    [InlineData(60, 5, 60, 4)]
    [InlineData(30, 5, 30, 4)]
    [InlineData(6, 5, 14, 4)]
    [InlineData(60, 0, 60, 2)]
    [InlineData(1000, 5, 124, 4)]
    public void No_more_are_drawn_than_asked_for_and_small_classes_keep_their_fewest(int most, int fewest, int atMost, int smallest)
    {
        using TemporaryFolder folder = new();
        foreach ((string label, int count) in (ReadOnlySpan<(string, int)>)[("a", 100), ("b", 20), ("c", 4)])
        {
            for (int i = 0; i < count; i++)
            {
                folder.Write(Path.Combine(label, $"{i}.jpg"), [(byte)i]);
            }
        }

        ImageDataset drawn = ImageDataset.Open(folder.Path, cancellationToken: TestContext.Current.CancellationToken).Draw(most, fewest);
        ImageDataset again = ImageDataset.Open(folder.Path, cancellationToken: TestContext.Current.CancellationToken).Draw(most, fewest);

        Assert.InRange(drawn.Samples.Count, atMost - 4, atMost);
        Assert.InRange(drawn.Samples.Count(sample => sample.Label == "c"), Math.Min(1, smallest), smallest);
        Assert.Equal(drawn.Samples.Select(sample => sample.Path), again.Samples.Select(sample => sample.Path));
    }
}
