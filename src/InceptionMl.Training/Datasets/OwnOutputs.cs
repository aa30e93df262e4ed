using System.IO.Enumeration;
using InceptionMl.Batch.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// What this library and its tool write, found among images by what it holds: it is never taken for an image or a label, wherever it was put.
/// </summary>
internal static class OwnOutputs
{
    private const string Zip = ".zip";

    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false };
    private static readonly EnumerationOptions VisibleBelow = new() { AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false, RecurseSubdirectories = true };

    /// <summary>Determines whether a folder holds something of ours, at any depth, and no image.</summary>
    public static bool IsAllIn(string folder) => Reading(() =>
    {
        bool found = false;
        foreach ((string path, bool isLinkToFolder) in Files(folder))
        {
            if (isLinkToFolder || (FolderWalk.IsImage(path) && !OutputFile.IsOverlay(path)))
            {
                return false;
            }

            found = found || OutputFile.IsOurs(path);
        }

        return found;
    });

    /// <summary>Determines whether a folder directly holds a model, and none of those it holds has the folder's name among its classes.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="label">The class that it would be.</param>
    public static bool HoldsModelOfOthers(string folder, string label) => Reading(() =>
    {
        ModelCard[] models = [.. Zips(folder).Select(OutputFile.CardOf).OfType<ModelCard>()];
        return models.Length > 0 && !models.SelectMany(card => card.Classes).Select(CanonicalText.Compose).Contains(label, StringComparer.Ordinal);
    });

    // What a link to a folder leads to is not looked at.
    private static FileSystemEnumerable<(string Path, bool IsLinkToFolder)> Files(string folder) =>
        new(folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.IsDirectory), VisibleBelow)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
        };

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static FileSystemEnumerable<string> Zips(string folder) => new(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), Visible)
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.EndsWith(Zip, StringComparison.OrdinalIgnoreCase),
    };

    // Whoever walks the folder next says what is wrong with it.
    private static bool Reading(Func<bool> look)
    {
        try
        {
            return look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
