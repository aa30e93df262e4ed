using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Training;

public sealed class ActiveLearningTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ActiveLearning.Options Cached => new() { CacheFolder = demo.Cache };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Images_that_were_trained_on_are_passed_over_and_the_choice_is_the_same_each_time()
    {
        ActiveLearning.Result first = await ActiveLearning.SuggestAsync(demo.Model, TrainedDemo.Images, Cached, cancellationToken: Stop);
        ActiveLearning.Result second = await ActiveLearning.SuggestAsync(demo.Model, TrainedDemo.Images, Cached, cancellationToken: Stop);

        Assert.Equal((30, 120, 360), (first.Images.Count, first.Pool, first.Known));
        Assert.All(first.Images, image => Assert.Contains("/test/", image.Path.Replace('\\', '/'), StringComparison.Ordinal));
        Assert.Equal(30, first.Images.Select(image => image.Path).Distinct().Count());
        Assert.Equal(first.Images, second.Images);
    }

    [Fact]
    public async Task What_is_chosen_is_of_many_kinds_and_less_sure_than_the_rest()
    {
        ActiveLearning.Options options = Cached;
        options.Count = 12;

        ActiveLearning.Result chosen = await ActiveLearning.SuggestAsync(demo.Model, Path.Combine(TrainedDemo.Images, "test"), options, cancellationToken: Stop);
        options.Count = 120;
        ActiveLearning.Result all = await ActiveLearning.SuggestAsync(demo.Model, Path.Combine(TrainedDemo.Images, "test"), options, cancellationToken: Stop);

        Assert.Equal((12, 120), (chosen.Images.Count, all.Images.Count));
        Assert.InRange(chosen.Images.Select(image => image.Label).Distinct().Count(), 4, 6);
        Assert.All(chosen.Images, image => Assert.InRange(image.Margin, 0, image.Probability));
    }

    [Fact]
    public async Task A_folder_without_labels_will_do_and_a_copy_is_chosen_once()
    {
        for (int i = 0; i < 8; i++)
        {
            folder.Write($"new/{i}.jpg", await File.ReadAllBytesAsync(TrainedDemo.TestImages[10 * (i % 6)], Stop));
        }

        ActiveLearning.Result result = await ActiveLearning.SuggestAsync(demo.Model, folder.At("new"), cancellationToken: Stop);

        Assert.Equal((6, 6, 0), (result.Images.Count, result.Pool, result.Known));
        Assert.All(result.Images, image => Assert.True(File.Exists(image.FullPath)));
    }

    [Fact]
    public async Task A_count_below_one_is_refused() => await Assert.ThrowsAsync<ArgumentException>(() =>
        ActiveLearning.SuggestAsync(demo.Model, TrainedDemo.Images, new ActiveLearning.Options { Count = 0 }, cancellationToken: Stop));
}
