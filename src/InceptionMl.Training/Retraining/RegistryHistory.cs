using InceptionMl.Models.Registry;
using InceptionMl.Training.Registry;

namespace InceptionMl.Training.Retraining;

/// <summary>What a registry remembers of images.</summary>
/// <param name="Frozen">The frozen test images; where their file was lost, those that its versions were tested on.</param>
/// <param name="Latest">The images of the newest version whose list can be read; null where there is none.</param>
/// <param name="Warnings">What was lost or damaged, a sentence each.</param>
internal sealed record RegistryHistory(FrozenTest Frozen, IReadOnlyList<VersionImage>? Latest, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads what a registry remembers. A damaged version is passed over: it must not keep others from being made.</summary>
    /// <exception cref="RegistryException">The frozen test images are damaged.</exception>
    public static RegistryHistory Read(RegistryWriter registry)
    {
        List<string> warnings = [];
        IEnumerable<(string Version, IReadOnlyList<VersionImage> Images)> newestFirst = registry.Registry.Versions.Reverse()
            .Select(version => (version.Version, Images: Read(version, warnings)))
            .Where(version => version.Images is not null)
            .Select(version => (version.Version, version.Images!));
        if (registry.HasFrozenTest)
        {
            IReadOnlyList<VersionImage>? latest = newestFirst.FirstOrDefault().Images;
            return new RegistryHistory(registry.ReadFrozenTest(), latest, warnings);
        }

        (string Version, IReadOnlyList<VersionImage> Images)[] versions = [.. newestFirst.Reverse()];
        if (versions.Length > 0)
        {
            warnings.Add(FormattableString.Invariant(
                $"{registry.Registry.Folder} has lost its frozen-test.csv; it is made again from the images that its versions were tested on ({versions.Length} read)."));
        }

        return new RegistryHistory(FrozenTest.Create(versions), versions.LastOrDefault().Images, warnings);
    }

    private static IReadOnlyList<VersionImage>? Read(ModelVersion version, List<string> warnings)
    {
        try
        {
            return VersionImages.Read(version);
        }
        catch (RegistryException exception)
        {
            warnings.Add($"{exception.Message} Version {version.Version} is passed over: remove the folder {version.Folder}.");
            return null;
        }
    }
}
