using System.Security.Cryptography;
using InceptionMl.Models.Registry;
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
        return ReloadingImageScorer.Open(Source(options.Model), new ReloadingOptions
        {
            Scorer = new ImageScorerOptions { AbstainBelow = options.AbstainBelow, Time = services.GetRequiredService<TimeProvider>() },
            Progress = new ReloadLog(services.GetRequiredService<ILogger<InboxPass>>()),
        });
    }

    private static Func<PromotedModel> Source(string path)
    {
        if (!Directory.Exists(path))
        {
            using FileStream zip = File.OpenRead(path);
            PromotedModel only = new(Convert.ToHexStringLower(SHA256.HashData(zip))[..DigestDigits], path);
            return () => only;
        }

        ModelRegistry registry = new(path);
        return () => registry.Current is { } version
            ? new PromotedModel(version.Version, version.ModelPath)
            : throw new RegistryException($"{path} has no promoted version: promote one with 'inceptionml models promote'");
    }

    private sealed class ReloadLog(ILogger log) : IProgress<ModelReload>
    {
        public void Report(ModelReload value)
        {
            if (value.Problem is { } problem)
            {
                log.LogWarning("{Problem}", problem);
            }
            else
            {
                log.LogInformation("Version {Version} scores from now on", value.Serving);
            }
        }
    }
}
