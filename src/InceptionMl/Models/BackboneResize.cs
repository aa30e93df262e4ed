using InceptionMl.Images;

namespace InceptionMl.Models;

/// <summary>How a picture is fitted to a backbone's input.</summary>
public sealed record BackboneResize
{
    /// <summary>Crop (the default), pad or stretch.</summary>
    public ResizeMode Mode { get; init; } = ResizeMode.Crop;

    /// <summary>The share of the fitted picture's side that the network sees, from 0.5 to 1 (the default).</summary>
    public double CropFraction { get; init; } = 1;

    /// <summary>The resampling filter; <c>area</c> (the default) is the only one.</summary>
    public string Filter { get; init; } = "area";
}
