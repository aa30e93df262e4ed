using InceptionMl.Models.Registry;
using InceptionMl.Scoring;

namespace InceptionMl.AspNetCore.Models;

/// <summary>The promoted version of a registry.</summary>
internal sealed class RegistryModel(string folder) : IModelSource
{
    private readonly ModelRegistry registry = new(folder);
    private PromotedModel? latest;

    public PromotedModel Current()
    {
        // The name is one small file; to look into the version means to open its zip.
        if (latest is null || registry.CurrentName != latest.Version)
        {
            ModelVersion version = registry.Current
                ?? throw new RegistryException($"{folder} has no promoted version: promote one with 'inceptionml models promote'");
            latest = new PromotedModel(version.Version, version.ModelPath);
        }

        return latest;
    }
}
