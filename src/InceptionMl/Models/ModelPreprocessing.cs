using InceptionMl.Images;

namespace InceptionMl.Models;

/// <summary>The preprocessing a model was trained with.</summary>
public sealed record ModelPreprocessing
{
    /// <summary>Gets the version of the preprocessing step; see <see cref="ImagePreprocessing.Version"/>.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the width of the prepared image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the height of the prepared image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Gets how an image of another shape is fitted.</summary>
    public required ResizeMode Mode { get; init; }
}
