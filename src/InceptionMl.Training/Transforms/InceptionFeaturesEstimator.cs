using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Training.Backbones;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace InceptionMl.Training.Transforms;

/// <summary>
/// Adds a backbone's features of an image column to any ML.NET pipeline. What is fitted consists of stock transformers: it is saved
/// with <c>mlContext.Model.Save</c> and loaded by plain ML.NET, without this library.
/// </summary>
/// <remarks>
/// ML.NET reads the network from a file, and reads it again at every save. This estimator owns that file: dispose it after the last
/// save. A pipeline that is loaded from a zip needs it no more.
/// </remarks>
public sealed class InceptionFeaturesEstimator : IEstimator<ITransformer>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("inceptionml-").FullName;
    private readonly EstimatorChain<ColumnSelectingTransformer> chain;

    internal InceptionFeaturesEstimator(TransformsCatalog transforms, string outputColumn, string inputColumn, Backbone backbone)
    {
        string prepared = outputColumn + "_prepared";
        string pixels = outputColumn + "_pixels";
        string onnx = Path.Combine(folder, "backbone.onnx");
        try
        {
            File.WriteAllBytes(onnx, TensorRenaming.Rename(backbone.Network.Span, pixels, outputColumn));
            chain = StockFeatures.Chain(transforms, inputColumn, prepared, pixels, outputColumn, onnx, backbone.Preprocessing)
                .Append(transforms.DropColumns(prepared, pixels));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ITransformer Fit(IDataView input) => chain.Fit(input);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => chain.GetOutputSchema(inputSchema);

    /// <summary>Removes the network's file: what was fitted can still transform, and no longer be saved.</summary>
    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
