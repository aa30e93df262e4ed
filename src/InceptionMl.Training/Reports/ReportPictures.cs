using InceptionMl.Images;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;

namespace InceptionMl.Training;

/// <summary>The pictures of a report, and where in them the evidence for a label is.</summary>
/// <param name="model">The model, which explains; null for pictures without heat.</param>
/// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
internal sealed class ReportPictures(ImageScorer? model, CancellationToken cancellationToken)
{
    private const int Side = HeatOverlay.MinSide;
    private const long LargestFile = 100 << 20;

    // Occlusion would run the network for each of many patches.
    private readonly ImageScorer? explainer = model?.Card.Backbone.Outputs is { FeatureMap: not null } or { Features.Sources: not null } ? model : null;

    /// <summary>Gets a value that indicates whether pictures come with heat.</summary>
    public bool HasHeat => explainer is not null;

    /// <summary>Gets thumbnails of images.</summary>
    /// <param name="paths">Where they lie.</param>
    /// <param name="longest">The longest side, in pixels.</param>
    /// <returns>One for each path: a JPEG file, or null where the image cannot be read any more.</returns>
    public IReadOnlyList<byte[]?> Thumbnails(IReadOnlyList<string> paths, int longest) => All<byte[]?>(paths, path => Thumbnail.Create(File.ReadAllBytes(path), longest));

    /// <summary>Gets images with the heat of the label that the model gives them.</summary>
    /// <param name="paths">Where they lie.</param>
    /// <returns>One pair for each path: a picture, and its heat or null; both null where the image cannot be read any more.</returns>
    public IReadOnlyList<(byte[]? Picture, byte[]? Heat)> Explained(IReadOnlyList<string> paths) => All<(byte[]? Picture, byte[]? Heat)>(paths, path =>
    {
        byte[] file = File.ReadAllBytes(path);
        byte[]? heat = explainer is null
            ? null
            : Thumbnail.Create(HeatOverlay.Png(file, explainer.Explain(file, label: null, cancellationToken), limits: null, Side), Side);
        return (Thumbnail.Create(file, Side), heat);
    });

    // Each comes out the same whatever thread makes it, and in its place.
    private T[] All<T>(IReadOnlyList<string> paths, Func<string, T> create)
    {
        T[] made = new T[paths.Count];
        Parallel.For(0, made.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, i =>
        {
            try
            {
                made[i] = new FileInfo(paths[i]).Length <= LargestFile ? create(paths[i]) : default!;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageRefusedException or ArgumentException)
            {
                // It was there when it was scored; the report goes on without it.
            }
        });
        return made;
    }
}
