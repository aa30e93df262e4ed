using InceptionMl.Backbones;
using InceptionMl.TestSupport;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Training.Tests.Features;

/// <summary>A reader of features goes at any point, and the extractor is disposed behind it.</summary>
public sealed class LeavingFeaturesTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public async Task Leaving_and_canceling_end_at_every_point(int workers)
    {
        // Missing files are told at once, so that results wait for the reader; a few are pictures, under way when it leaves.
        foreach (int count in (int[])[1, 2, 8, 33, 100])
        {
            string[] paths = [.. Enumerable.Range(0, count).Select(i => i % 20 == 1 ? TrainedDemo.TestImages[i % 40] : $"missing-{i}.jpg")];
            foreach (int point in new[] { 0, count / 2, count - 1 }.Distinct())
            {
                foreach (bool cancel in (bool[])[false, true])
                {
                    await Task.Run(() => LeaveAsync(paths, workers, point, cancel), Stop).WaitAsync(Bound, Stop);
                }
            }
        }
    }

    private static async Task LeaveAsync(string[] paths, int workers, int point, bool cancel)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using FeatureExtractor extractor = new(Backbone.Embedded(), new FeatureOptions { Workers = workers });
        int read = 0;
        try
        {
            await foreach (ImageFeatures image in extractor.ExtractAsync(paths, progress: null, stop.Token))
            {
                if (read++ == point && !cancel)
                {
                    return;
                }

                if (read == point + 1)
                {
                    await stop.CancelAsync();
                }
            }

            Assert.Equal((true, paths.Length - 1), (cancel, point));
        }
        catch (OperationCanceledException) when (cancel)
        {
            Assert.Equal(point + 1, read);
        }
    }
}
