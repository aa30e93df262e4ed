namespace InceptionMl.Scoring.Explanations;

/// <summary>A rectangle in the pixels of the upright image; it may reach beyond the image where the image is padded.</summary>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
public readonly record struct ImageRegion(double Left, double Top, double Width, double Height);
