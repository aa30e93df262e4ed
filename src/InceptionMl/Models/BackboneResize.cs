using InceptionMl.Images;

namespace InceptionMl.Models;

/// <summary>How an image is fitted to a backbone's input.</summary>
public sealed record BackboneResize
{
    /// <summary>Gets the way that images are fitted: crop (the default), pad or stretch.</summary>
    public ResizeMode Mode { get; init; } = ResizeMode.Crop;

    /// <summary>Gets the share of the fitted image's side that the network sees, from 0.5 to 1 (the default).</summary>
    public double CropFraction { get; init; } = 1;

    /// <summary>Gets the resampling filter; <c>area</c> (the default) is the only one.</summary>
    public string Filter { get; init; } = "area";
}
