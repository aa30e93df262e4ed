using InceptionMl.Images;
using InceptionMl.Models;

namespace InceptionMl.Scoring.Explanations;

/// <summary>An image, and what a network sees of it once it is fitted and its center is cut out.</summary>
/// <param name="Width">Width of the upright image, in pixels.</param>
/// <param name="Height">Height of the upright image, in pixels.</param>
/// <param name="Region">What is seen, in pixels of the upright image.</param>
/// <param name="Window">What is seen, in pixels of the prepared image: left, top, width, height.</param>
internal sealed record VisibleRegion(int Width, int Height, ImageRegion Region, (int Left, int Top, int Width, int Height) Window)
{
    public static VisibleRegion Create((int Width, int Height) upright, ImagePreprocessing prepared, BackboneInput input)
    {
        (ResizeAxis x, ResizeAxis y) = ResizeAxis.Create(upright.Width, upright.Height, prepared);
        (int left, int top) = ((prepared.Width - input.Width) / 2, (prepared.Height - input.Height) / 2);
        ImageRegion region = new((left - x.Start) * x.Step, (top - y.Start) * y.Step, input.Width * x.Step, input.Height * y.Step);
        return new VisibleRegion(upright.Width, upright.Height, region, (left, top, input.Width, input.Height));
    }
}
