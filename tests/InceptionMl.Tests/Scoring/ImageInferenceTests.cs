using InceptionMl.Images;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Internal;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Scoring;

public sealed class ImageInferenceTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ImageSource Image(string name) => ImageSource.FromFile(TrainedDemo.TestImages[0], name);

    private ImageInference Open()
    {
        ModelPackage package = ModelPackage.Read(demo.Model);
        FeatureNetwork network = FeatureNetwork.Open(package.Network, new Subject("The network"), package.Head.Width);
        return new ImageInference(network, new ImagePreprocessing(network.Width, network.Height), new ImageLimits(), workers: 1);
    }

    private static IAsyncEnumerable<string> Run(ImageInference inference, IEnumerable<ImageSource> images) => inference.RunAllAsync(
        images, _ => string.Empty, (name, _, error) => error is null ? name : $"{name} {error}", Stop);

    [Fact]
    public async Task A_stream_that_was_canceled_by_itself_keeps_its_place()
    {
        using ImageInference inference = Open();

        string[] results = await Run(
            inference, [Image("a"), ImageSource.FromStream(() => throw new TaskCanceledException("the server took too long"), "b"), Image("c")]).ToArrayAsync(Stop);

        Assert.Equal(["a", "b cannot be read: the server took too long", "c"], results);
    }

    [Fact]
    public async Task What_is_under_way_when_it_is_disposed_is_finished()
    {
        ImageInference inference = Open();
        IAsyncEnumerable<string> later = Run(inference, [Image("never")]);
        List<string> results = [];
        await foreach (string result in Run(inference, Enumerable.Range(0, 12).Select(i => Image($"{i}"))))
        {
            results.Add(result);
            inference.Dispose();
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}"), results);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await later.CountAsync(Stop));
    }
}
