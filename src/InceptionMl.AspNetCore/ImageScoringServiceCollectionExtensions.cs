using InceptionMl.AspNetCore;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers scorers.</summary>
public static class ImageScoringServiceCollectionExtensions
{
    /// <summary>
    /// Registers a scorer: a <see cref="HostedImageScorer"/>, keyed by its name and, where it is the only one, without a key, opened and warmed up before the application listens, with a health
    /// check of the tag <c>ready</c>. <c>app.MapImageScoring("/score")</c> gives it an endpoint. In an application that calls
    /// <c>app.UseExceptionHandler()</c>, an image that the application's own endpoints cannot have scored is answered with problem details.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The scorer's name, which answers give as the model's; not empty.</param>
    /// <param name="configure">Says where the model is: <c>o => o.FromRegistry("artifacts/defects")</c> or <c>o => o.FromFile("model.zip")</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public static IServiceCollection AddImageScorer(this IServiceCollection services, string name, Action<ImageScoringOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(s => s.ImplementationInstance is RegisteredScorer registered && registered.Name == name))
        {
            throw new ArgumentException($"A scorer named '{name}' is registered already: give this one another name.", nameof(name));
        }

        services.AddSingleton(new RegisteredScorer(name));
        services.AddOptions<ImageScoringOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImageScoringOptions>, ImageScoringOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImageScoringOptions>, ImageScoringLimitsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ScoringMeters>();
        services.AddKeyedSingleton(name, static (provider, key) => Create(provider, (string)key!));
        services.AddSingleton<IHostedService>(provider => new ScorerService(provider.GetRequiredKeyedService<HostedImageScorer>(name)));
        services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<HostedImageScorer>(RegisteredScorer.Only(provider)));
        services.AddProblemDetails();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IExceptionHandler, ImageExceptionHandler>());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"image scorer {name}",
            provider => new ScorerHealthCheck(provider.GetRequiredKeyedService<HostedImageScorer>(name)),
            failureStatus: null,
            tags: [ImageScoringHealth.ReadyTag]));
        return services;
    }

    /// <summary>
    /// Registers a scorer whose settings are those of a section of the configuration: <c>Path</c> or <c>Registry</c> says where the model is, and
    /// every other property of <see cref="ImageScoringOptions"/> may be there as well.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The scorer's name, which answers give as the model's; not empty.</param>
    /// <param name="section">The section: <c>builder.Configuration.GetSection("Scoring")</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public static IServiceCollection AddImageScorer(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddImageScorer(name, options => section.Bind(options));
    }

    private static HostedImageScorer Create(IServiceProvider provider, string name) => new(
        name,
        provider.GetRequiredService<IOptionsMonitor<ImageScoringOptions>>().Get(name),
        provider.GetRequiredService<ScoringMeters>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<HostedImageScorer>>(),
        provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None);
}
