using InceptionMl.Models.Registry;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>
/// The images of a dataset that are near-copies of images that a registry knows, in files of another content: written anew, resized or
/// stripped of what they stated. A model would be measured on what it was trained on if they were taken for new ones.
/// </summary>
/// <param name="Origins">The known image of the same label, by the content of its twin; a frozen test image before others.</param>
/// <param name="Drawn">The content by whose hash an image is split, and which it stands for in every version, by its own; for twins, and for images that were twins.</param>
/// <param name="OfFitted">The contents of images that are twins of what the champion was fitted on, whatever their labels.</param>
/// <param name="Diagnostics">What a person should know of them.</param>
internal sealed record Twins(
    IReadOnlyDictionary<ContentHash, VersionImage> Origins,
    IReadOnlyDictionary<ContentHash, ContentHash> Drawn,
    IReadOnlySet<ContentHash> OfFitted,
    IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Gets no twins.</summary>
    public static Twins None { get; } = new(new Dictionary<ContentHash, VersionImage>(), new Dictionary<ContentHash, ContentHash>(), new HashSet<ContentHash>(), []);

    /// <summary>Gets the content that an image of any version stands for: the first file of it that a version knew.</summary>
    public ContentHash First(ContentHash hash) => Drawn.GetValueOrDefault(hash, hash);

    /// <summary>Gets the content of the image that an image of the dataset stands for: its own, unless it is a twin.</summary>
    public ContentHash Origin(ContentHash hash) => Origins.TryGetValue(hash, out VersionImage? origin) ? origin.Hash : hash;

    /// <summary>Looks for twins among the images that no version knows by their content.</summary>
    /// <param name="registry">The registry, whose versions keep what their images look like.</param>
    /// <param name="known">What the registry remembers of images.</param>
    /// <param name="champion">The promoted version; null where there is none.</param>
    /// <param name="found">The images of the dataset; without fingerprints, near-copies do not count.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RegistryException">The champion's list of images cannot be read.</exception>
    public static Twins Find(ModelRegistry registry, RegistryHistory known, Champion? champion, LabeledFeatures found, CancellationToken cancellationToken)
    {
        Dictionary<ContentHash, VersionImage> images = [];
        foreach (FrozenImage frozen in known.Frozen.Images)
        {
            images.Add(frozen.Hash, new VersionImage(frozen.Hash, frozen.Label, SplitPart.Test, string.Empty));
        }

        IReadOnlyList<VersionImage> ofChampion = champion is null ? [] : VersionImages.Read(champion.Version);
        foreach (VersionImage image in (known.Latest ?? []).Concat(ofChampion))
        {
            images.TryAdd(image.Hash, image);
        }

        ModelVersion[] newestFirst = [.. registry.Versions.Reverse()];
        Dictionary<ContentHash, ContentHash> drawn = [];
        foreach ((ContentHash twin, ContentHash origin) in newestFirst.SelectMany(VersionFingerprints.ReadOrigins))
        {
            drawn.TryAdd(twin, origin);
        }

        HashSet<ContentHash> seen = [];
        int[] others = [.. Enumerable.Range(0, found.Fingerprints.Count).Where(i => !images.ContainsKey(found.Hashes[i]) && seen.Add(found.Hashes[i]))];
        if (others.Length == 0 || images.Count == 0)
        {
            return None with { Drawn = drawn };
        }

        Dictionary<ContentHash, ImageFingerprint> looks = Looks(newestFirst, images.Keys);
        ContentHash[] looked = [.. looks.Keys.Order()];
        ImageFingerprint[] all = [.. looked.Select(hash => looks[hash]), .. others.Select(i => found.Fingerprints[i])];
        ClassChanges changes = ClassChanges.Between(ContentLabels.Create(known.Latest ?? []), ContentLabels.Create(found));
        HashSet<ContentHash> fitted = [.. ofChampion.Where(image => image.Part != SplitPart.Test).Select(image => image.Hash)];
        Dictionary<ContentHash, VersionImage> origins = [];
        HashSet<ContentHash> ofFitted = [];
        foreach ((int first, int second) in NearCopies.Find(all, (first, second) => first < looked.Length == second < looked.Length, cancellationToken))
        {
            VersionImage origin = images[looked[first]];
            int twin = others[second - looked.Length];
            if (fitted.Contains(origin.Hash))
            {
                ofFitted.Add(found.Hashes[twin]);
            }

            if (changes.NameNow(origin.Label) == found.Samples[twin].Label
                && (!origins.TryGetValue(found.Hashes[twin], out VersionImage? earlier) || Comes(origin, earlier)))
            {
                origins[found.Hashes[twin]] = origin;
            }
        }

        foreach ((ContentHash twin, VersionImage origin) in origins)
        {
            drawn.TryAdd(twin, drawn.GetValueOrDefault(origin.Hash, origin.Hash));
        }

        return new Twins(origins, drawn, ofFitted, [.. Diagnose(origins, images.Count, looks.Count)]);
    }

    private static bool Comes(VersionImage image, VersionImage before) =>
        image.Part != before.Part ? image.Part > before.Part : image.Hash < before.Hash;

    private static Dictionary<ContentHash, ImageFingerprint> Looks(IEnumerable<ModelVersion> newestFirst, IReadOnlyCollection<ContentHash> wanted)
    {
        HashSet<ContentHash> missing = [.. wanted];
        Dictionary<ContentHash, ImageFingerprint> looks = [];
        foreach (ModelVersion version in newestFirst.TakeWhile(_ => missing.Count > 0))
        {
            foreach ((ContentHash hash, ImageFingerprint look) in VersionFingerprints.Read(version).Where(image => missing.Remove(image.Hash)))
            {
                looks.Add(hash, look);
            }
        }

        return looks;
    }

    private static IEnumerable<Diagnostic> Diagnose(Dictionary<ContentHash, VersionImage> origins, int known, int looked)
    {
        if (looked < known)
        {
            yield return Diagnostic.Note(DiagnosticIds.TwinsUnknown, FormattableString.Invariant(
                $"Of {known - looked} of the {known} images of earlier versions no version keeps what they look like, so copies of these are known by their exact content alone."));
        }

        if (origins.Count > 0)
        {
            yield return Diagnostic.Note(DiagnosticIds.Twins, FormattableString.Invariant(
                $"Images that are near-copies of images of earlier versions, written anew or resized, and take their places: {origins.Count}, {origins.Values.Count(image => image.Part == SplitPart.Test)} of them as frozen test images."));
        }
    }
}
