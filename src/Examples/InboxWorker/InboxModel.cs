using System.Security.Cryptography;
using InceptionMl.Scoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InboxWorker;

/// <summary>The model in service: a zip, or what a registry has promoted.</summary>
internal static class InboxModel
{
    private const int DigestDigits = 12;

    public static ReloadingImageScorer Open(IServiceProvider services)
    {
        InboxOptions options = services.GetRequiredService<IOptions<InboxOptions>>().Value;
        ReloadingOptions reloading = new()
        {
            Scorer = new ImageScorerOptions { AbstainBelow = options.AbstainBelow },
            Progress = new ReloadLog(services.GetRequiredService<ILogger<InboxPass>>()),
        };
        return ReloadingImageScorer.Open(Source(options.Model), reloading, services.GetRequiredService<TimeProvider>());
    }

    private static IModelSource Source(string path)
    {
        if (Directory.Exists(path))
        {
            return new RegistryModel(path);
        }

        using FileStream zip = File.OpenRead(path);
        return new ModelFile(new PromotedModel(Convert.ToHexStringLower(SHA256.HashData(zip))[..DigestDigits], path));
    }

    private sealed class ModelFile(PromotedModel only) : IModelSource
    {
        public ValueTask<PromotedModel> GetCurrentAsync(CancellationToken cancellationToken) => ValueTask.FromResult(only);
    }

    private sealed class ReloadLog(ILogger log) : IProgress<ModelReload>
    {
        public void Report(ModelReload value)
        {
            if (value.Problem is { } problem)
            {
                log.LogWarning("{Problem}", problem);
            }
            else if (value.Replaced is not null)
            {
                log.LogInformation("Version {Version} scores from now on", value.Serving);
            }
            else
            {
                log.LogInformation("What is promoted can be used again: version {Version}, which scores", value.Serving);
            }
        }
    }
}
