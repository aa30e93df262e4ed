using System.Globalization;
using InceptionMl.Images;
using InceptionMl.Images.Containers.Internal;
using InceptionMl.Images.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Checks;

/// <summary>What is wrong with files, whatever they show.</summary>
internal static class FileChecks
{
    public static void Add(FindingList findings, ImageDataset dataset, IReadOnlyList<InspectedImage> images)
    {
        foreach (IGrouping<(string Check, string Description), InspectedImage> alike in images
            .Where(image => image.Refusal is not null)
            .GroupBy(image => (image.Refusal!.Reason == ImageRefusal.Truncated ? "truncated" : "unreadable", image.Refusal.Description)))
        {
            ImageSample[] found = [.. alike.Select(image => image.Sample)];
            string who = found is [var only] ? $"'{only.Path}' " : FormattableString.Invariant($"{found.Length} files cannot be used; each ");
            findings.AddListed(alike.Key.Check, DiagnosticSeverity.Error, found, $"{who}{alike.Key.Description.TrimEnd('.')}.");
        }

        foreach (IGrouping<(string Extension, ImageFormat Format), InspectedImage> alike in images
            .Where(image => image.Refusal is null && HasOtherExtension(image))
            .GroupBy(image => (ExtensionOf(image), image.Header.Format)))
        {
            ImageSample[] found = [.. alike.Select(image => image.Sample)];
            string name = ImageKinds.NameOf(alike.Key.Format);
            findings.AddImages("wrong-extension", DiagnosticSeverity.Note, found, found is [var only]
                ? $"'{only.Path}' is {name}, whatever its name says; it is read all the same, but other programs may stumble: rename it."
                : $"{findings.Images(found.Length)} are called {alike.Key.Extension}, and each is {name}; they are read all the same, but other programs may stumble: rename them.");
        }

        InspectedImage[] turned = [.. images.Where(image => image.Refusal is null && image.Header.IsTurned)];
        findings.AddImages("turned", DiagnosticSeverity.Note, [.. turned.Select(image => image.Sample)], string.Create(
            CultureInfo.InvariantCulture,
            $"{findings.Images(turned.Length)} {(turned.Length == 1 ? "is" : "are")} stored lying and turned upright by what the file states (EXIF); here that is done, but a program that does not will see {(turned.Length == 1 ? "it" : "them")} lying."));
    }

    private static string ExtensionOf(InspectedImage image) => Path.GetExtension(image.Sample.Path).ToLowerInvariant();

    // A name without an extension, or with one that no image has, says nothing.
    private static bool HasOtherExtension(InspectedImage image) =>
        ExtensionOf(image) is { Length: > 0 } extension
        && ImageKinds.IsImageExtension(extension)
        && !ImageKinds.IsExtensionOf(extension, image.Header.Format);
}
