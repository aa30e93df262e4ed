using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Checks;

/// <summary>A look at some images of a dataset, evenly spread over it: a second's work where the network takes minutes.</summary>
/// <param name="Images">Those that were looked at, unreadable ones among them.</param>
/// <param name="Of">How many images the dataset has.</param>
/// <param name="InputSize">The shorter side of what the network takes, in pixels.</param>
internal sealed record PictureSample(IReadOnlyList<InspectedImage> Images, int Of, int InputSize)
{
    /// <summary>The most images that are looked at.</summary>
    public const int Most = 200;

    /// <summary>Gets how many images show less than the network takes.</summary>
    public ModelSharpness Sharpness => new()
    {
        Images = Images.Count(image => image.Refusal is null),
        Soft = Images.Count(image => image.Refusal is null && PictureChecks.IsSoft(image, InputSize)),
    };

    /// <summary>Looks at some images.</summary>
    /// <param name="samples">The images.</param>
    /// <param name="options">How to look. A cache that cannot be used is passed over in silence: who extracts features tells of it.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public static async Task<PictureSample> TakeAsync(IReadOnlyList<ImageSample> samples, DatasetCheckOptions options, CancellationToken cancellationToken)
    {
        int count = Math.Min(Most, samples.Count);
        ImageSample[] some = [.. Enumerable.Range(0, count).Select(i => samples[(int)((long)i * samples.Count / count)])];
        using InspectionCache cache = new(options.CacheFolder);
        return new PictureSample(await ImageInspection.RunAsync(some, options, cache, progress: null, cancellationToken).ConfigureAwait(false), samples.Count, options.InputSize);
    }

    /// <summary>Gets what may be wrong with the images; of a sample only what more than a tenth of them have.</summary>
    public IEnumerable<Diagnostic> Diagnose()
    {
        FindingList findings = new(Images.Count) { IsSample = Images.Count < Of };
        PictureChecks.Add(findings, Images, InputSize);
        return findings.BySeverity.Where(finding => finding.Severity > DiagnosticSeverity.Note).Select(finding => finding.ToDiagnostic());
    }
}
