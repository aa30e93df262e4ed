using InceptionMl.Backbones;
using InceptionMl.Training.Features;

namespace InceptionMl.Benchmarks.Features;

/// <summary>InceptionMl's extractor without a cache.</summary>
internal sealed class OwnExtractor(Backbone backbone, string[] paths) : IContender
{
    private readonly FeatureExtractor extractor = new(backbone);

    public string Name => "InceptionMl";

    public void RunOnce() => DrainAsync().GetAwaiter().GetResult();

    public void Dispose() => extractor.Dispose();

    private async Task DrainAsync()
    {
        await foreach (ImageFeatures image in extractor.ExtractAsync(paths).ConfigureAwait(false))
        {
            if (image.Problem is not null)
            {
                throw new InvalidOperationException($"{paths[image.Index]} {image.Problem}");
            }
        }
    }
}
