using InceptionMl.Images;

namespace InceptionMl.Training.Features;

/// <summary>Settings of a <see cref="FeatureExtractor"/>.</summary>
public sealed class FeatureOptions
{
    /// <summary>Gets or sets the folder of the feature cache.</summary>
    /// <value>The default is null: no cache.</value>
    public string? CacheFolder { get; set; }

    /// <summary>Gets or sets the number of threads that decode and infer.</summary>
    /// <value>The default is 0: one per processor.</value>
    public int Workers { get; set; }

    /// <summary>Gets or sets the limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    public ImageLimits Limits { get; set; } = new();

    /// <summary>Gets or sets the clock that paces the cache's commits.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
