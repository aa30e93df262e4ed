using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>The images that a version was made from, as the <c>data.csv</c> beside its model lists them: sha256, label, part, path.</summary>
internal static class VersionImages
{
    private static readonly string[] Header = ["sha256", "label", "part", "path"];

    /// <summary>Gets the images of a published version, in the file's order.</summary>
    /// <exception cref="RegistryException">The file is missing or damaged; the message names the line.</exception>
    public static IReadOnlyList<VersionImage> Read(ModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        RegistryFolder files = RegistryFolder.Around(version.Folder);
        return Read(files, Path.Combine(files.Version(version.Version), RegistryFolder.ImagesFile));
    }

    /// <summary>Writes <c>data.csv</c> into the folder of a version that is being published.</summary>
    /// <param name="folder">The folder that <see cref="RegistryWriter.PublishAsync"/> hands out.</param>
    /// <param name="images">Every image used, in any order; the file is sorted by path, then content.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="RegistryException">A label or path is empty or holds a control character, or there are too many images.</exception>
    public static async Task WriteAsync(string folder, IEnumerable<VersionImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(images);
        string path = Path.Combine(folder, RegistryFolder.ImagesFile);
        VersionImage[] sorted = [.. images.OrderBy(image => image.Path, StringComparer.Ordinal).ThenBy(image => image.Hash)];
        if (sorted.FirstOrDefault(image => !RegistryCsv.IsText(image.Label) || !RegistryCsv.IsText(image.Path)) is { } unfit)
        {
            throw new RegistryException($"'{SingleLineText.Clean(unfit.Path, 200)}' cannot be recorded in {path}: its path or label is empty or holds a control character; rename it") { Path = path };
        }

        byte[] csv = RegistryCsv.Write(Header, sorted.Select(image => (string[])[image.Hash.ToString(), image.Label, PartNames.Word(image.Part), image.Path]));
        if (csv.Length > RegistryCsv.MaxFile)
        {
            throw new RegistryException($"{path} would be larger than the {RegistryCsv.MaxFile >> 20} MiB such a file may have: use fewer images") { Path = path };
        }

        await File.WriteAllBytesAsync(path, csv, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds which images a model was fitted on: its zip lists them, or the table of its version does; null where neither is so.</summary>
    /// <exception cref="ModelFormatException">The zip's list is damaged.</exception>
    /// <exception cref="IOException">The model cannot be read.</exception>
    public static TrainedContents? FindTrained(string modelPath)
    {
        if (ModelPackage.ReadTrained(modelPath) is { } listed)
        {
            return listed;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        RegistryFolder registry = RegistryFolder.Around(folder);
        if (!ModelRegistry.IsRegistry(registry.Root) || !Path.Exists(Path.Combine(folder, RegistryFolder.ImagesFile)))
        {
            return null;
        }

        try
        {
            IReadOnlyList<VersionImage> images = Read(registry, Path.Combine(folder, RegistryFolder.ImagesFile));
            return TrainedContents.Create(images.Where(image => image.Part != SplitPart.Test).Select(image => image.Hash.Draw));
        }
        catch (RegistryException)
        {
            return null;
        }
    }

    internal static IReadOnlyList<VersionImage> Read(RegistryFolder files, string path)
    {
        List<VersionImage> images = [];
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        bool found = RegistryCsv.Read(files, path, Header, row =>
        {
            if (RegistryCsv.Hash(row[0]) is not { } hash || Part(row[2]) is not { } part || !RegistryCsv.IsText(row[1]) || !RegistryCsv.IsText(row[3]))
            {
                return "this is no SHA-256, label, part (train, validation or test) and path";
            }

            // One string a label, not one an image.
            labels.TryAdd(row[1], CanonicalText.Compose(row[1]));
            images.Add(new VersionImage(hash, labels[row[1]], part, row[3]));
            return null;
        });
        return found ? images : throw new RegistryException($"{path} is missing") { Path = path };
    }

    private static SplitPart? Part(string word) => word switch
    {
        "train" => SplitPart.Train,
        "validation" => SplitPart.Validation,
        "test" => SplitPart.Test,
        _ => null,
    };
}
