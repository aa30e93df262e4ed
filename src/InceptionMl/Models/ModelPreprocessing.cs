using InceptionMl.Images;

namespace InceptionMl.Models;

/// <summary>The preprocessing a model was trained with.</summary>
public sealed record ModelPreprocessing
{
    /// <summary>Version of the preprocessing step; see <see cref="ImagePreprocessing.Version"/>.</summary>
    public required int Version { get; init; }

    /// <summary>Width of the prepared image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the prepared image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>How a picture of another shape is fitted.</summary>
    public required ResizeMode Mode { get; init; }
}
