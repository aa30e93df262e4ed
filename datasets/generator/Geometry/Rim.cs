namespace DemoImages.Geometry;

/// <summary>A circle about a fastener's axis that may touch the table.</summary>
internal readonly record struct Rim(float Height, float Radius);
