using System.ComponentModel.DataAnnotations;
using InceptionMl.Images;

namespace InceptionMl.Training.Features.Internal;

/// <summary>Options of a <see cref="FeatureExtractor"/>.</summary>
/// <example><code>
/// using FeatureExtractor extractor = new(Backbone.Embedded(), new FeatureOptions { CacheFolder = "cache" });
/// </code></example>
public sealed class FeatureOptions
{
    /// <summary>Gets or sets the folder of the feature cache.</summary>
    /// <value>The default is null: no cache.</value>
    public string? CacheFolder { get; set; }

    /// <summary>Gets or sets the number of threads that decode and infer.</summary>
    /// <value>The default is 0: one per processor.</value>
    [Range(0, TrainOptions.MaxWorkers)]
    public int Workers { get; set; }

    /// <summary>Gets or sets the limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    [Required]
    public ImageLimits Limits { get; set; } = new();
}
