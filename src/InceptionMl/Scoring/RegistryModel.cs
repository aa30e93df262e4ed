using InceptionMl.Models.Registry;

namespace InceptionMl.Scoring;

/// <summary>The promoted version of a registry as the model to serve. A look at it that finds no change reads one small file.</summary>
public sealed class RegistryModel : IModelSource
{
    private readonly ModelRegistry registry;
    private readonly string folder;
    private PromotedModel? latest;

    /// <summary>Creates a source; nothing is read before it is asked.</summary>
    /// <param name="folder">The registry's folder.</param>
    public RegistryModel(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        this.folder = folder;
        registry = new ModelRegistry(folder);
    }

    /// <inheritdoc/>
    /// <exception cref="RegistryException">The registry cannot be read, or has no promoted version.</exception>
    public ValueTask<PromotedModel> GetCurrentAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The name is one small file; to look into the version means to open its zip.
        if (latest is null || registry.CurrentName != latest.Version)
        {
            bool isRegistry = ModelRegistry.IsRegistry(folder);
            ModelVersion version = registry.Current
                ?? throw new RegistryException(isRegistry
                    ? $"{folder} has no promoted version: promote one"
                    : $"{folder} is a folder and no registry of models: name a model's zip file or a registry")
                {
                    Reason = isRegistry ? RegistryErrorReason.NotPromoted : RegistryErrorReason.NotFound,
                    Path = folder,
                };
            latest = new PromotedModel(version.Version, version.ModelPath);
        }

        return new ValueTask<PromotedModel>(latest);
    }
}
