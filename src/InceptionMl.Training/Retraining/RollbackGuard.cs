using InceptionMl.Backbones;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>
/// Tells a run that would only repeat a version which a person went back from. The acceptance rules let that version pass once, and would
/// again: promoted by the next timer, it would undo what the person did.
/// </summary>
internal static class RollbackGuard
{
    /// <summary>The version that was rolled back from and that this run repeats; null where there is none.</summary>
    /// <param name="registry">The registry; of its versions, one that cannot be read is no match.</param>
    /// <param name="settings">The settings of this run.</param>
    /// <param name="backbone">Its backbone.</param>
    /// <param name="images">Its images, each in its part.</param>
    public static string? Repeated(ModelRegistry registry, TrainingSettings settings, Backbone backbone, IEnumerable<VersionImage> images)
    {
        HashSet<string> left = [];
        foreach (Promotion promotion in registry.Promotions)
        {
            if (promotion is { IsRollback: true, From: { } from })
            {
                left.Add(from);
            }

            left.Remove(promotion.Version);
        }

        (ContentHash, string, SplitPart)[] now = Sorted(images);
        return left
            .OrderDescending(StringComparer.Ordinal)
            .FirstOrDefault(version => registry.Find(version) is { } found && IsSame(found, settings, backbone, now));
    }

    /// <summary>Determines whether this run would only make a version again: from the same images, by the same settings and the same version of this library.</summary>
    /// <param name="version">The version.</param>
    /// <param name="settings">The settings of this run.</param>
    /// <param name="backbone">Its backbone.</param>
    /// <param name="images">Its images, each in its part.</param>
    public static bool IsRepeated(ModelVersion version, TrainingSettings settings, Backbone backbone, IEnumerable<VersionImage> images) =>
        version is { IsComplete: true, Problem: null }
        && version.Card?.Versions?.GetValueOrDefault(TrainingCard.LibraryName) == TrainingCard.LibraryVersion
        && IsSame(version, settings, backbone, Sorted(images));

    private static bool IsSame(ModelVersion version, TrainingSettings settings, Backbone backbone, (ContentHash, string, SplitPart)[] now)
    {
        try
        {
            return backbone.Digest.Equals(version.Card?.Network.Sha256, StringComparison.OrdinalIgnoreCase)
                && PipelineFile.IsSame(PipelineFile.Read(Path.Combine(version.Folder, RegistryFolder.PipelineFile)), settings, version.Folder)
                && now.SequenceEqual(Sorted(VersionImages.Read(version)));
        }
        catch (Exception exception) when (exception is RegistryException or PipelineException)
        {
            return false;
        }
    }

    private static (ContentHash, string, SplitPart)[] Sorted(IEnumerable<VersionImage> images) =>
        [.. images.Select(image => (image.Hash, image.Label, image.Part)).OrderBy(image => image.Hash).ThenBy(image => image.Label, StringComparer.Ordinal)];
}
