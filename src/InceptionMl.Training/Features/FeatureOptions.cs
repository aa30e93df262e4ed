using InceptionMl.Images;

namespace InceptionMl.Training.Features;

/// <summary>Settings of a <see cref="FeatureExtractor"/>.</summary>
public sealed class FeatureOptions
{
    /// <summary>Folder of the feature cache.</summary>
    /// <value>The default is null: no cache.</value>
    public string? CacheFolder { get; set; }

    /// <summary>Threads that decode and infer.</summary>
    /// <value>The default is 0: one a processor.</value>
    public int Workers { get; set; }

    /// <summary>Limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    public ImageLimits Limits { get; set; } = new();

    /// <summary>The clock that paces the cache's commits.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
