using InceptionMl.Images;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Onnx;

namespace InceptionMl.Training;

/// <summary>From an image column to features in stock ML.NET parts, so that plain ML.NET loads what is made of them.</summary>
internal static class StockFeatures
{
    /// <summary>Gets the chain: ResizeImages, ExtractPixels, ApplyOnnxModel.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="image">The column of type <see cref="MLImage"/>.</param>
    /// <param name="prepared">The column of prepared images, added.</param>
    /// <param name="pixels">The column of raw planes, added; the network's input is called so.</param>
    /// <param name="features">The column of features, added; the network's output is called so.</param>
    /// <param name="onnx">The network's file, which must stay until the chain is saved for the last time.</param>
    /// <param name="size">How images are prepared.</param>
    public static EstimatorChain<OnnxTransformer> Chain(
        TransformsCatalog transforms, string image, string prepared, string pixels, string features, string onnx, ImagePreprocessing size)
    {
        OnnxRuntimeTelemetry.Disable();
        return Resize(transforms, image, prepared, size)
            .Append(transforms.ExtractPixels(pixels, prepared, ImagePixelExtractingEstimator.ColorBits.Rgb, ImagePixelExtractingEstimator.ColorsOrder.ARGB))
            .Append(transforms.ApplyOnnxModel([features], [pixels], onnx));
    }

    /// <summary>Gets the chain's first step. An image that has the size already is not copied: the reader of the column disposes it.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="image">The column of type <see cref="MLImage"/>.</param>
    /// <param name="prepared">The column of prepared images, added; it may be the column of images itself.</param>
    /// <param name="size">How images are prepared.</param>
    public static ImageResizingEstimator Resize(TransformsCatalog transforms, string image, string prepared, ImagePreprocessing size) =>
        transforms.ResizeImages(prepared, size.Width, size.Height, image, Resizing(size.Mode));

    private static ImageResizingEstimator.ResizingKind Resizing(ResizeMode mode) => mode switch
    {
        ResizeMode.Crop => ImageResizingEstimator.ResizingKind.IsoCrop,
        ResizeMode.Pad => ImageResizingEstimator.ResizingKind.IsoPad,
        _ => ImageResizingEstimator.ResizingKind.Fill,
    };
}
