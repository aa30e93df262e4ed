using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using InceptionMl.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>
/// The test images of a registry, by content: once in, an image stays in with the label it was frozen with, so that all versions are
/// measured on the same images. Kept in the registry's <c>frozen-test.csv</c>; this is an unchanging value, and each change gives another.
/// </summary>
internal sealed class FrozenTest
{
    private static readonly string[] Header = ["sha256", "label", "since"];

    private readonly ImmutableSortedDictionary<ContentHash, FrozenImage> images;

    private FrozenTest(ImmutableSortedDictionary<ContentHash, FrozenImage> images) => this.images = images;

    /// <summary>Gets a frozen test set without images.</summary>
    public static FrozenTest Empty { get; } = new(ImmutableSortedDictionary<ContentHash, FrozenImage>.Empty);

    /// <summary>Gets how many images.</summary>
    public int Count => images.Count;

    /// <summary>Gets the images, ordered by content.</summary>
    public IEnumerable<FrozenImage> Images => images.Values;

    /// <summary>Reads a registry's frozen test images; none if it has none yet.</summary>
    /// <param name="registry">The registry's folder.</param>
    /// <exception cref="RegistryException">The file is damaged; the message names the line.</exception>
    public static FrozenTest Read(string registry)
    {
        RegistryFolder files = new(registry);
        ImmutableSortedDictionary<ContentHash, FrozenImage>.Builder images = ImmutableSortedDictionary.CreateBuilder<ContentHash, FrozenImage>();
        try
        {
            RegistryCsv.Read(files, files.FrozenTestPath, Header, row =>
            {
                if (RegistryCsv.Hash(row[0]) is not { } hash || !RegistryCsv.IsText(row[1]) || !VersionName.IsValid(row[2]))
                {
                    return "this is no SHA-256, label and version";
                }

                return images.TryAdd(hash, new FrozenImage(hash, CanonicalText.Compose(row[1]), row[2])) ? null : $"{hash} is frozen twice; keep one of the lines";
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException($"{files.FrozenTestPath} cannot be read: {exception.Message.TrimEnd('.')}", exception) { Path = files.FrozenTestPath };
        }

        return new FrozenTest(images.ToImmutable());
    }

    /// <summary>The test images of versions: each since the oldest that was tested on it, with the label it has in the newest.</summary>
    /// <param name="versions">Versions and their images, oldest first; of two labels for one content in a version the first counts.</param>
    internal static FrozenTest Create(IEnumerable<(string Version, IReadOnlyList<VersionImage> Images)> versions)
    {
        ImmutableSortedDictionary<ContentHash, FrozenImage>.Builder all = ImmutableSortedDictionary.CreateBuilder<ContentHash, FrozenImage>();
        foreach ((string version, IReadOnlyList<VersionImage> images) in versions)
        {
            foreach (VersionImage image in images.Where(image => image.Part == SplitPart.Test).DistinctBy(image => image.Hash))
            {
                string since = all.TryGetValue(image.Hash, out FrozenImage? earlier) ? earlier.Since : version;
                all[image.Hash] = new FrozenImage(image.Hash, image.Label, since);
            }
        }

        return new FrozenTest(all.ToImmutable());
    }

    /// <summary>Determines whether an image is frozen.</summary>
    public bool Contains(ContentHash hash) => images.ContainsKey(hash);

    /// <summary>Gets the frozen image of this content, if it is one.</summary>
    public bool TryGet(ContentHash hash, [NotNullWhen(true)] out FrozenImage? image) => images.TryGetValue(hash, out image);

    /// <summary>Freezes more images; those that are frozen already stay as they are, whatever label they come with.</summary>
    /// <param name="images">Contents and labels; of two labels for one content the first counts.</param>
    /// <param name="since">The version they are frozen for.</param>
    /// <exception cref="RegistryException">A label is empty or holds a control character, or no version can have this name.</exception>
    public FrozenTest Extend(IEnumerable<(ContentHash Hash, string Label)> images, string since)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(since);
        VersionName.Require(since);
        ImmutableSortedDictionary<ContentHash, FrozenImage>.Builder all = this.images.ToBuilder();
        foreach ((ContentHash hash, string label) in images)
        {
            all.TryAdd(hash, new FrozenImage(hash, Fit(label), since));
        }

        return new FrozenTest(all.ToImmutable());
    }

    /// <summary>Gives a frozen image another label.</summary>
    /// <exception cref="RegistryException">It is not frozen, or the label is empty or holds a control character.</exception>
    public FrozenTest Relabel(ContentHash hash, string label) => images.TryGetValue(hash, out FrozenImage? image)
        ? new FrozenTest(images.SetItem(hash, image with { Label = Fit(label) }))
        : throw new RegistryException($"{hash} is no frozen test image");

    /// <summary>Puts a twin in the place of a frozen image, with its label and since the same version; nothing changes where that one is not frozen any more.</summary>
    /// <param name="hash">The frozen image.</param>
    /// <param name="twin">The content that stands for it.</param>
    public FrozenTest Replace(ContentHash hash, ContentHash twin) => images.TryGetValue(hash, out FrozenImage? image) && hash != twin
        ? new FrozenTest(images.Remove(hash).SetItem(twin, image with { Hash = twin }))
        : this;

    internal byte[] ToCsv() => RegistryCsv.Write(Header, Images.Select(image => (string[])[image.Hash.ToString(), image.Label, image.Since]));

    private static string Fit(string label) => RegistryCsv.IsText(label)
        ? label
        : throw new RegistryException($"'{SingleLineText.Clean(label, 200)}' cannot be frozen as a label: it is empty or holds a control character; rename it");
}
