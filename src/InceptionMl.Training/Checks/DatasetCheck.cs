using System.ComponentModel.DataAnnotations;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Training.Checks;

/// <summary>
/// Looks at labeled images before they are trained on: at their folders and labels, at every file, and at what is to be seen. What training
/// would refuse is a finding here, so that all of it is told at once.
/// </summary>
/// <example><code>
/// DatasetCheckResult result = await DatasetCheck.RunAsync("pictures");
/// foreach (DatasetFinding finding in result.Findings)
/// {
///     Console.WriteLine($"{finding.Severity}: {finding.Message}");
/// }
/// </code></example>
public static class DatasetCheck
{
    /// <summary>Checks a dataset. Every image is read and decoded once; nothing is changed.</summary>
    /// <param name="source">A folder, or a CSV or TSV manifest; its path alone will do.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="DatasetException">There is no such folder or manifest, or a manifest's columns cannot be told.</exception>
    public static async Task<DatasetCheckResult> RunAsync(
        DatasetSource source,
        DatasetCheckOptions? options = null,
        IProgress<FeatureProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options = OptionsCheck.Validated(options);
        List<DatasetException> refusals = [];
        ImageDataset dataset = ImageDataset.Open(source, new DatasetOptions { ForTraining = false, Refusals = refusals }, cancellationToken);
        FindingList findings = new(dataset.Samples.Count);
        StructureChecks.AddReading(findings, refusals, dataset);
        ClassChecks.Add(findings, dataset);
        using InspectionCache cache = new(options.CacheFolder);
        InspectedImage[] images = dataset.Missing is null
            ? await ImageInspection.RunAsync(dataset.Samples, options, cache, progress, cancellationToken).ConfigureAwait(false)
            : [];
        if (cache.Problem is { } problem)
        {
            findings.Add(DiagnosticIds.CacheFailed, DiagnosticSeverity.Warning, problem, options.CacheFolder);
        }

        if (images.Length > 0)
        {
            FileChecks.Add(findings, dataset, images);
            ClassChecks.AddUnusable(findings, dataset, images);
            CopyChecks.Add(findings, images);
            NearCopyChecks.Add(findings, images, cancellationToken);
            PictureChecks.Add(findings, images, options.InputSize);
        }

        return new DatasetCheckResult(source, dataset.Samples.Count, dataset.Classes, findings.BySeverity)
        {
            Unusable = [.. images.Where(image => image.Refusal is not null).Select(image => image.Sample)],
            Copies = [.. CopyChecks.UnderOneLabel(images)],
        };
    }
}

/// <summary>How a <see cref="DatasetCheck"/> looks.</summary>
public sealed class DatasetCheckOptions
{
    /// <summary>Gets or sets the shorter side of the images that the network takes, in pixels; images with far less detail are told.</summary>
    /// <value>The default is 128, that of the embedded backbone.</value>
    [Range(1, ImagePreprocessing.MaxSide)]
    public int InputSize { get; set; } = 128;

    /// <summary>Gets or sets the folder of the feature cache, in which what was seen on images is kept by their content.</summary>
    /// <value>The default is null: no cache.</value>
    public string? CacheFolder { get; set; }

    /// <summary>Gets or sets the number of threads that read and decode.</summary>
    /// <value>The default is 0: one per processor.</value>
    [Range(0, TrainOptions.MaxWorkers)]
    public int Workers { get; set; }

    /// <summary>Gets or sets the limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    [Required]
    public ImageLimits Limits { get; set; } = new();
}

/// <summary>What a <see cref="DatasetCheck"/> found.</summary>
/// <param name="Source">What was checked.</param>
/// <param name="Images">How many images there are.</param>
/// <param name="Classes">The labels, in ordinal order.</param>
/// <param name="Findings">What was found, the gravest first.</param>
public sealed record DatasetCheckResult(DatasetSource Source, int Images, IReadOnlyList<string> Classes, IReadOnlyList<DatasetFinding> Findings)
{
    /// <summary>Gets the number of files that no model can be trained on, or whose content stands under their label once more.</summary>
    public int Superfluous => Unusable.Count + Copies.Sum(copies => copies.Length - 1);

    /// <summary>Gets the files that no model can be trained on.</summary>
    internal IReadOnlyList<ImageSample> Unusable { get; init; } = [];

    /// <summary>Gets the copies of each content that stands under one label only; the first is the one to keep.</summary>
    internal IReadOnlyList<ImageSample[]> Copies { get; init; } = [];
}
