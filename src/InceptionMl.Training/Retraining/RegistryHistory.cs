using InceptionMl.Models.Registry;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>What a registry remembers of images.</summary>
/// <param name="Frozen">The frozen test images; where their file was lost, those that its versions were tested on.</param>
/// <param name="Latest">The images of the newest version whose list can be read; null where there is none.</param>
/// <param name="Diagnostics">What was lost or damaged.</param>
internal sealed record RegistryHistory(FrozenTest Frozen, IReadOnlyList<VersionImage>? Latest, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Reads what a registry remembers. A damaged version is passed over: it must not keep others from being made.</summary>
    /// <exception cref="RegistryException">The frozen test images are damaged.</exception>
    public static RegistryHistory Read(RegistryWriter registry)
    {
        List<Diagnostic> diagnostics = [];
        IEnumerable<(string Version, IReadOnlyList<VersionImage> Images)> newestFirst = registry.Registry.Versions.Reverse()
            .Select(version => (version.Version, Images: Read(version, diagnostics)))
            .Where(version => version.Images is not null)
            .Select(version => (version.Version, version.Images!));
        if (registry.HasFrozenTest)
        {
            IReadOnlyList<VersionImage>? latest = newestFirst.FirstOrDefault().Images;
            return new RegistryHistory(registry.ReadFrozenTest(), latest, diagnostics);
        }

        (string Version, IReadOnlyList<VersionImage> Images)[] versions = [.. newestFirst.Reverse()];
        if (versions.Length > 0)
        {
            diagnostics.Add(Diagnostic.Warning(DiagnosticIds.FrozenTestLost, FormattableString.Invariant(
                $"{registry.Registry.Folder} has lost its frozen-test.csv; it is made again from the images that its versions were tested on ({versions.Length} read)."), registry.Registry.Folder));
        }

        return new RegistryHistory(FrozenTest.Create(versions), versions.LastOrDefault().Images, diagnostics);
    }

    private static IReadOnlyList<VersionImage>? Read(ModelVersion version, List<Diagnostic> diagnostics)
    {
        try
        {
            return VersionImages.Read(version);
        }
        catch (RegistryException exception)
        {
            diagnostics.Add(Diagnostic.Warning(
                DiagnosticIds.VersionUnreadable, $"{exception.Message} Version {version.Version} is passed over: remove the folder {version.Folder}.", version.Folder));
            return null;
        }
    }
}
