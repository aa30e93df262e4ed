using InceptionMl.Backbones;
using InceptionMl.TestSupport;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;
using InceptionMl.Training.Tests.Datasets;

namespace InceptionMl.Training.Tests.Features;

public sealed class FingerprintTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SmallClassifier backbone = new(classes: 3);
    private readonly string[] paths;

    // Of the sizes at which a decoder chooses each scale for one network and another.
    public FingerprintTests() => paths =
    [
        .. Enumerable.Range(0, 6).Select(number => folder.Write($"{number}.png", DrawnPictures.Draw(number, 90 << (number / 2), 100 << (number / 2)))),
        .. Enumerable.Range(0, 3).Select(number => folder.Write($"{number}.jpg", DrawnPictures.Copy(number, "compressed"))),
    ];

    public void Dispose()
    {
        folder.Dispose();
        backbone.Dispose();
    }

    [Fact]
    public async Task A_fingerprint_depends_on_the_file_alone()
    {
        string[] cold = await ExtractAsync(Backbone.Embedded(), "cache", workers: 1);

        Assert.Equal(cold, await ExtractAsync(Backbone.Embedded(), "cache", workers: 3));
        Assert.Equal(cold, await ExtractAsync(Backbone.Embedded(), null, workers: 3));
        Assert.Equal(cold, await ExtractAsync(Backbone.Open(backbone.Onnx), null, workers: 2));
        Assert.Equal(cold, await ExtractAsync(Backbone.Open(backbone.Onnx), "cache", workers: 2));
        Assert.Equal(paths.Length, cold.Distinct().Count());
    }

    [Fact]
    public async Task A_cache_that_knows_features_alone_is_good_to_use()
    {
        string[] expected = await ExtractAsync(Backbone.Embedded(), null, workers: 1);
        using (FeatureExtractor extractor = Open(Backbone.Embedded(), "cache", 1))
        {
            await foreach (ImageFeatures image in extractor.ExtractAsync(paths, cancellationToken: TestContext.Current.CancellationToken))
            {
                Assert.Null(image.Fingerprint);
            }
        }

        using FeatureExtractor again = Open(Backbone.Embedded(), "cache", 1);
        List<string> found = [];
        await foreach (ImageFeatures image in again.ExtractAsync(paths, fingerprints: true, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.True(image.FromCache);
            found.Add(Convert.ToHexString(image.Fingerprint!.ToBytes()));
        }

        Assert.Equal(expected, found);
    }

    private async Task<string[]> ExtractAsync(Backbone network, string? cache, int workers)
    {
        using FeatureExtractor extractor = Open(network, cache, workers);
        List<string> found = [];
        await foreach (ImageFeatures image in extractor.ExtractAsync(paths, fingerprints: true, cancellationToken: TestContext.Current.CancellationToken))
        {
            found.Add(Convert.ToHexString(image.Fingerprint!.ToBytes()));
        }

        return [.. found];
    }

    private FeatureExtractor Open(Backbone network, string? cache, int workers) =>
        new(network, new FeatureOptions { CacheFolder = cache is null ? null : folder.At(cache), Workers = workers });
}
