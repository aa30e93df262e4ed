using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Networks.Onnx.Editing.Internal;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Onnx;

namespace InceptionMl.Benchmarks.Features;

/// <summary>ML.NET's own parts over the same network, set up as its samples do; the features column is enumerated.</summary>
internal sealed class StockPipeline : IContender
{
    private readonly string network = Path.GetTempFileName();
    private readonly TransformerChain<OnnxTransformer> transformer;
    private readonly IDataView features;

    public StockPipeline(Backbone backbone, string[] paths)
    {
        File.WriteAllBytes(network, backbone.Network.ToArray());
        ImagePreprocessing size = backbone.Preprocessing;
        MLContext ml = new(seed: 0);
        IDataView files = ml.Data.LoadFromEnumerable(paths.Select(path => new Row(path)).ToArray());
        transformer = ml.Transforms.LoadImages("Image", string.Empty, nameof(Row.Path))
            .Append(ml.Transforms.ResizeImages("Prepared", size.Width, size.Height, "Image", ImageResizingEstimator.ResizingKind.IsoCrop))
            .Append(ml.Transforms.ExtractPixels(
                BackboneEditor.ImageTensor, "Prepared", ImagePixelExtractingEstimator.ColorBits.Rgb, ImagePixelExtractingEstimator.ColorsOrder.ARGB))
            .Append(ml.Transforms.ApplyOnnxModel([BackboneEditor.FeaturesTensor], [BackboneEditor.ImageTensor], network))
            .Fit(files);
        features = transformer.Transform(files);
    }

    public string Name => "stock ML.NET";

    public void RunOnce()
    {
        DataViewSchema.Column column = features.Schema[BackboneEditor.FeaturesTensor];
        using DataViewRowCursor cursor = features.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> read = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> vector = default;
        while (cursor.MoveNext())
        {
            read(ref vector);
        }
    }

    public void Dispose()
    {
        transformer.Dispose();
        File.Delete(network);
    }

    private sealed record Row(string Path);
}
